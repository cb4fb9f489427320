#requires -Version 7.4

<#
.SYNOPSIS
Runs a large batch through the sandbox in the forms of several vendors, with the process killed in each phase, and tells time and working set of that process.

.DESCRIPTION
The sandbox runs in this process. The command that is measured runs in one of its own, is killed (-9) as soon as it has come to each phase, and begun
again, until it has emitted all. What has come to the service is counted there: jobs, files, and the ids of all requests. Beside it stands the
working set of a process that asks once. It takes minutes, and is run by hand.

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
. $PSScriptRoot/place.ps1
Set-Content $script @'
param($Module, $Uri, $Dialect, $Path, $Told, $Requests, $PartLimit)
function Write-Told($What) { Add-Content $Told "$What`t$([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64)`t$([Environment]::TickCount64 - $begun)" }
$begun = [Environment]::TickCount64
Import-Module $Module
Connect-ChatService $Uri -Name Bench -Dialect $Dialect -Model sandbox-mini -ApiKey sk-test-bench -Quiet
if ($Requests -eq 0) {
    $null = Invoke-ChatCompletion 'item 1'
    Write-Told 'one call'
    return
}

if (-not (Test-Path $Path) -or -not (Get-Content $Path -Raw | ConvertFrom-Json).isWritten) {
    $null = & { for ($n = 1; $n -le $Requests; $n++) { "item $n" } } | Start-ChatBatch -Path $Path -PartLimit $PartLimit
    Write-Told 'started'
}
$null = Wait-ChatBatch $Path
Write-Told 'waited'
$seen = 0
Receive-ChatBatch $Path | ForEach-Object { $seen++; if ($_.Input -ne "item $seen") { throw "Item $seen is '$($_.Input)'." } }
Write-Told 'received'
Add-Content $Told "count`t$seen"
'@

function Start-Run([int] $Requests) {
    $start = New-PowerShellStart '-NoProfile', '-NonInteractive', '-File', $script, $module, $uri, $spoken, $path, $told, $Requests, $PartLimit
    [Diagnostics.Process]::Start($start)
}

function Read-Told([string] $What) { if (Test-Path $told) { Get-Content $told | Where-Object { $_ -like "$What`t*" } | ForEach-Object { [long]($_ -split "`t")[1] } } }

# How many different requests the results tell of, and how many results there are.
function Measure-Result {
    $seen = [Collections.Generic.HashSet[string]]::new()
    $lines = 0
    foreach ($file in Get-ChildItem "$data/results-*.jsonl") {
        foreach ($line in [IO.File]::ReadLines($file.FullName)) {
            $lines++
            $null = $seen.Add([regex]::Match($line, '"(?:custom_id|key)":\s*"([^"]+)"').Groups[1].Value)
        }
    }

    $seen.Count, $lines
}

try {
    foreach ($spoken in $Dialect) {
        $uri = (Start-ChatSandbox Bench).BaseUri
        if ($spoken -eq 'AzureOpenAI') {
            $uri = "http://127.0.0.1:$($uri.Port)"
        }

        $path = Join-Path $folder "$spoken.json"
        $data = Join-Path $folder "$spoken.json.data/*"
        $told = Join-Path $folder "$spoken.txt"
        (Start-Run 0).WaitForExit()
        $state = { if (Test-Path $path) { Get-Content $path -Raw | ConvertFrom-Json } }
        # How far each phase is. The process is killed as soon as it has gone on with it.
        $phases = [ordered]@{
            Writing   = { @(Get-ChildItem "$data/part-*" -ErrorAction Ignore).Count -gt 1 }
            Uploading = { [bool](& $state).isWritten }
            Starting  = { @((& $state).parts.askedAt -ne $null).Count }
            Waiting   = { @(Get-ChatSandboxRequest Bench | Where-Object { $_.Method -eq 'GET' -and $_.Path -match '/batches/[^/]+$' }).Count }
            Fetching  = { @(Get-ChildItem "$data/*results-*" -ErrorAction Ignore).Count }
            Receiving = { (Test-Path "$data/received.bin") -and (Get-Item "$data/received.bin").Length -gt 0 }
            End       = { 0 }
        }
        $most = Read-Told 'one call'
        $row = [ordered]@{ Dialect = $spoken; Requests = $Requests; OneCallMB = [int]($most / 1MB) }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        foreach ($phase in $phases.Keys) {
            $run = Start-Run $Requests
            $peak = 0
            $before = [int](& $phases[$phase])
            while (-not $run.HasExited -and [int](& $phases[$phase]) -le $before) {
                $run.Refresh()
                $peak = [Math]::Max($peak, $run.HasExited ? 0 : $run.PeakWorkingSet64)
                [Threading.Thread]::Sleep(20)
            }

            if (-not $run.HasExited) {
                $run.Kill()
            }
            elseif ($phase -ne 'End') {
                Write-Warning "$spoken, $phase`: the process came to its end before it was killed."
            }

            $run.WaitForExit()
            Write-Verbose "$spoken, $phase`: ended after $($watch.Elapsed) with $($run.ExitCode), $([int]($peak / 1MB)) MB"
            $row[$phase + 'MB'] = [int]($peak / 1MB)
            $most = [Math]::Max($most, $peak)
        }

        Get-Content $told | Write-Verbose
        $most = [Math]::Max($most, (Read-Told 'received' | Measure-Object -Maximum).Maximum)
        Connect-ChatService $uri -Name Bench -Dialect $spoken -Model sandbox-mini -ApiKey sk-test-bench -Quiet
        $ids, $lines = Measure-Result
        $row.MostMB = [int]($most / 1MB)
        $row.GrowthMB = $row.MostMB - $row.OneCallMB
        $row.IsSmall = $most / 1MB -lt $MostMegabytes
        $row.Seconds = [int]$watch.Elapsed.TotalSeconds
        $row.Parts = (& $state).parts.Count
        $row.JobsThere = @(Get-ChatBatch -All).Count
        $row.UploadsThere = $spoken -eq 'Anthropic' ? 0 : @(Get-ChatFile | Where-Object { $_.Id -cnotin (& $state).parts.results }).Count
        $row.Results = $lines
        $row.DifferentIds = $ids
        $row.Received = Read-Told 'count'
        [pscustomobject]$row
        Disconnect-ChatService Bench
        Stop-ChatSandbox Bench
        Remove-Item "$path*", $data -Recurse -Force -ErrorAction Ignore
    }
}
finally {
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}
