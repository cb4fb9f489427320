#!/usr/bin/env bash
# Finds PowerShell, or installs it as a .NET tool, and hands over to build.ps1.
# Where there is none to be had it does by itself what needs none, and says what it left out.
#
#   ./build.sh [build|test|demo|pack|bench|clean]
#
# RefitProvider=Package|Embedded in the environment overrides what the package feed offers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1

task=${1:-build}
case $task in
    build | test | demo | pack | bench | clean) ;;
    *)
        echo "usage: ./build.sh [build|test|demo|pack|bench|clean]" >&2
        exit 2
        ;;
esac

if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK 10 is needed: https://dotnet.microsoft.com/download" >&2
    exit 1
fi

works() {
    # shellcheck disable=SC2016 # PowerShell's variables
    "$1" -NoProfile -NonInteractive -Command 'exit [int]($PSVersionTable.PSVersion -lt [version]"7.4")' >/dev/null 2>&1
}

# Prints the path of a PowerShell 7.4 or later.
find_powershell() {
    local found tool=artifacts/tools/pwsh
    found=$(command -v pwsh || true)
    if [ -n "$found" ] && works "$found"; then
        echo "$found"
        return
    fi

    if [ ! -x "$tool" ]; then
        dotnet tool install PowerShell --tool-path artifacts/tools >/dev/null 2>&1 || return 1
    fi
    works "$tool" && echo "$tool"
}

assemble() {
    dotnet build src/ChatPS -c Release -t:AssembleModule --nologo
}

row() {
    printf '%-34s  %6s  %6s  %7s\n' "$@"
}

counter() {
    sed -n "s/.*<Counters .*$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1
}

run_tests() {
    local passed=0 failed=0 skipped=0 exit_code=0 table='' project name file p f s t e
    rm -rf artifacts/test-results

    if ! assemble; then
        failed=1
        table=$(row 'The module (did not build)' 0 1 0)$'\n'
    fi

    dotnet test ChatPS.sln -c Release --nologo || exit_code=$?
    for project in $(grep -l '<IsTestProject>true' tests/*/*.csproj); do
        name=$(basename "$project" .csproj)
        file=artifacts/test-results/$name.trx
        p=0 f=1 s=0
        if [ ! -f "$file" ]; then
            name="$name (did not run)"
        else
            t=$(counter "$file" total) e=$(counter "$file" executed) p=$(counter "$file" passed)
            f=$((e - p)) s=$((t - e))
            if [ "$t" -eq 0 ]; then
                name="$name (has no tests)" f=1
            elif [ "$f" -eq 0 ] && ! grep -q '<ResultSummary outcome="Completed"' "$file"; then
                name="$name (did not run to its end)" f=1
            fi
        fi
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
        table+=$(row "$name" "$p" "$f" "$s")$'\n'
    done

    if [ "$exit_code" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1
        table+=$(row "dotnet test (exit code $exit_code)" 0 1 0)$'\n'
    fi

    echo
    row Suite Passed Failed Skipped
    echo "$table"
    echo "PESTER DID NOT RUN: there is no PowerShell 7.4 or later, and the package feed does not carry it."
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}

if [ "$task" = clean ]; then
    [ ! -d artifacts ] || find artifacts -mindepth 1 -maxdepth 1 ! -name tools -exec rm -rf {} +
    exit
fi

if powershell=$(find_powershell); then
    # A PowerShell that is a .NET tool looks for .NET in the default place only.
    export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
    exec "$powershell" -NoProfile -NonInteractive -File build.ps1 -Task "$task"
fi

case $task in
    build)
        assemble
        ;;
    test)
        run_tests
        ;;
    demo)
        assemble
        echo
        echo "There is no PowerShell 7.4 or later here, and the package feed does not carry it:"
        echo "the cmdlets are left out, and a console program shows the engine below them."
        dotnet run --project eng/Demo -c Release
        ;;
    pack)
        if [ -z "${RefitProvider:-}" ]; then
            # What is released stands on the published package.
            export RefitProvider=Package
            if ! assemble; then
                echo "A package is built with Refit from the package feed; where that has none, set RefitProvider=Embedded." >&2
                exit 1
            fi
        else
            assemble
        fi
        dotnet pack eng/Package -c Release --nologo
        ;;
    bench)
        echo "The benchmarks need PowerShell 7.4 or later, which is neither on PATH nor on the package feed." >&2
        exit 1
        ;;
esac
