#!/bin/sh
# Makes the files with secrets that compose.yaml hands to the containers, next to this script.
# What is there already is left alone, so running it again is safe.
#   docker/make-secrets.sh [FOLDER]
set -eu
folder=${1:-"$(dirname "$0")/secrets"}
mkdir -p "$folder"
chmod 700 "$folder" # the folder guards them; the files are readable to the containers' users
cd "$folder"

random() { head -c "$1" /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'; }

[ -s database_password ] || random 24 >database_password
[ -s database_url ] || printf 'postgresql://heldinmind:%s@database/heldinmind' "$(cat database_password)" >database_url
[ -s encryption_key ] || random 32 >encryption_key
[ -s webhook_secret ] || random 24 >webhook_secret
for yours in telegram_token clinic_alarm_urls chat_key; do
    [ -e "$yours" ] || : >"$yours"
done
chmod 644 database_password database_url encryption_key webhook_secret telegram_token clinic_alarm_urls chat_key

[ -s telegram_token ] || echo "Put the token that @BotFather gave you into $PWD/telegram_token" >&2
[ -s clinic_alarm_urls ] || echo "Put the addresses that hear the clinic's alarms into $PWD/clinic_alarm_urls, one a line: without one nobody is told while Telegram is away" >&2
echo "Keep a copy of $PWD/encryption_key somewhere safe: without it nothing can be read again." >&2
