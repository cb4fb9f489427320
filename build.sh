#!/usr/bin/env bash
# Finds PowerShell, or installs it as a .NET tool in artifacts/tools, and hands over to build.ps1, which tells the tasks.
#
#   ./build.sh test
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1
version=7.6.9

if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK 10 is needed: https://dotnet.microsoft.com/download" >&2
    exit 1
fi

# One that is on the PATH will do from the first patch on.
if [ "$(pwsh -NoProfile -NonInteractive -Command "\$PSVersionTable.PSVersion -ge '${version%.*}'" 2>/dev/null)" = True ]; then
    powershell=(pwsh)
else
    # The tool itself, without the shim that would look for .NET in its default place only.
    store=artifacts/tools/.store/powershell/$version/powershell/$version/tools
    if ! compgen -G "$store/*/any/unix/pwsh.dll" >/dev/null; then
        rm -rf artifacts/tools
        dotnet tool install PowerShell --version $version --allow-downgrade --tool-path artifacts/tools >/dev/null
    fi
    powershell=(dotnet "$store"/*/any/unix/pwsh.dll)
fi

exec "${powershell[@]}" -NoProfile -NonInteractive -File build.ps1 "$@"
