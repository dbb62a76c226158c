"""Errors a person can act on.

HeldInMindError
├── SettingsError        a setting is missing or wrong
├── WrongKey             the encryption key does not open this database
├── GuidanceError        a document under knowledge/ is not in its form
├── ReleaseError         a release of the content is missing or damaged
├── ModelError           a model file is missing, damaged or of the wrong shape
├── AccessError          whoever asks is not known here, or may not see this
├── AuditError           an entry of the audit trail is not named in its form
├── DutyError            hours, rota or leave are not in their form
└── PeopleError          staff or a family is not known, or cannot be changed like that

The message of each says what is wrong and what to do; none ever holds what a parent wrote.
"""


class HeldInMindError(Exception):
    """Something a person can put right; the message says how."""


class SettingsError(HeldInMindError):
    """A setting is missing or wrong."""


class WrongKey(HeldInMindError):
    """The encryption key does not open this database."""


class GuidanceError(HeldInMindError):
    """A file under `knowledge/` or `prompts/` is not in its form."""


class ReleaseError(HeldInMindError):
    """A release of the content is missing or damaged."""


class ModelError(HeldInMindError):
    """A model file is missing, damaged or of the wrong shape."""


class AccessError(HeldInMindError):
    """Whoever asks is not known here, or may not see this."""


class AuditError(HeldInMindError):
    """An entry of the audit trail, or whom it is about, is not named in its form."""


class DutyError(HeldInMindError):
    """Hours, rota or leave are not in their form, or name nobody."""


class PeopleError(HeldInMindError):
    """A member of staff or a family is not known, or cannot be changed like that."""
