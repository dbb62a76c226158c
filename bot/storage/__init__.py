"""The database: tables, one module a noun, migrations."""
