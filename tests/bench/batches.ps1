#requires -Version 7.4

<#
.SYNOPSIS
Runs a large batch through the sandbox in the forms of three vendors, with the process killed in each phase, and tells time and working set of that process.

.DESCRIPTION
The sandbox runs in this process. The command that is measured runs in one of its own, is killed (-9) as soon as it has come to each phase, and begun
again, until it has emitted all. Each answer is counted once. It takes minutes, and is run by hand.

.EXAMPLE
./tests/bench/batches.ps1 -ModulePath artifacts/module/ChatPS -Requests 120000
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Requests = 120000,
    [string[]] $Dialect = @('OpenAI', 'Anthropic', 'Gemini'),
    [int] $PartLimit = 50000,
    [int] $MostMegabytes = 150
)

$ErrorActionPreference = 'Stop'
. $PSScriptRoot/../../eng/powershell.ps1
$module = (Resolve-Path $ModulePath).ProviderPath
Import-Module $module
$folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "chatps-$([guid]::NewGuid().ToString('N'))")).FullName
$script = Join-Path $folder 'run.ps1'
Set-Content $script @'
param($Module, $Uri, $Dialect, $Path, $Count, $Requests, $PartLimit)
Import-Module $Module
Connect-ChatService $Uri -Name Bench -Dialect $Dialect -Model sandbox-mini -ApiKey sk-test-bench -Quiet
if (-not (Test-Path $Path) -or -not (Get-Content $Path -Raw | ConvertFrom-Json).isWritten) {
    $null = & { for ($n = 1; $n -le $Requests; $n++) { "item $n" } } | Start-ChatBatch -Path $Path -PartLimit $PartLimit
}
$null = Wait-ChatBatch $Path
$seen = 0
Receive-ChatBatch $Path | ForEach-Object { $seen++; if ($_.Input -ne "item $seen") { throw "Item $seen is '$($_.Input)'." } }
Set-Content $Count $seen
'@

function Start-Run {
    $start = New-PowerShellStart '-NoProfile', '-NonInteractive', '-File', $script, $module, $uri, $spoken, $path, $count, $Requests, $PartLimit
    [Diagnostics.Process]::Start($start)
}

try {
    foreach ($spoken in $Dialect) {
        $uri = (Start-ChatSandbox -Name Bench).BaseUri
        $path = Join-Path $folder "$spoken.json"
        $data = Join-Path $folder "$spoken.json.data/*"
        $count = Join-Path $folder "$spoken.txt"
        $state = { if (Test-Path $path) { Get-Content $path -Raw | ConvertFrom-Json } }
        $phases = [ordered]@{
            Writing   = { Test-Path "$data/part-0002.jsonl" }
            Uploading = { (& $state).isWritten }
            Starting  = { (& $state).parts.askedAt }
            Waiting   = { (& $state).parts.status -contains 'InProgress' }
            Receiving = { Test-Path "$data/results-*" }
            End       = { $false }
        }
        $most = 0
        $watch = [Diagnostics.Stopwatch]::StartNew()
        foreach ($phase in $phases.Keys) {
            $run = Start-Run
            while (-not $run.HasExited -and -not (& $phases[$phase])) {
                $run.Refresh()
                $most = [Math]::Max($most, $run.HasExited ? 0 : $run.WorkingSet64)
                [Threading.Thread]::Sleep(50)
            }

            if (-not $run.HasExited) {
                $run.Kill()
            }

            $run.WaitForExit()
            Write-Verbose "$spoken, $phase`: ended after $($watch.Elapsed) with $($run.ExitCode)"
        }

        [pscustomobject]@{
            Dialect  = $spoken
            Requests = $Requests
            Received = if (Test-Path $count) { [int](Get-Content $count) } else { 0 }
            Parts    = (& $state).parts.Count
            Jobs     = @((& $state).parts.jobId | Select-Object -Unique).Count
            Seconds  = [int]$watch.Elapsed.TotalSeconds
            MostMB   = [int]($most / 1MB)
            IsSmall  = $most / 1MB -lt $MostMegabytes
        }
        Stop-ChatSandbox Bench
        Remove-Item "$path*", $data -Recurse -Force -ErrorAction Ignore
    }
}
finally {
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}
