#requires -Version 7.4

<#
.SYNOPSIS
Puts five questions about each of many rows to the sandbox, whole and killed half way, and tells time and number of requests.

.DESCRIPTION
The sandbox runs in this process and takes its time for each answer. The command that is measured runs in one of its own. Ideal is the time that the
answers alone take at the throttle given. The second run is killed (-9) when half of the rows have been asked, and begun again with its checkpoint.
What was on its way at the kill had no answer, and must be asked again: those are told apart, as Aborted.

.EXAMPLE
./tests/bench/decisions.ps1 -ModulePath artifacts/module/ChatPS
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Rows = 10000,
    [int] $ThrottleLimit = 32,
    [int] $LatencyMs = 300,
    [double] $MostRatio = 1.1
)

$ErrorActionPreference = 'Stop'
. $PSScriptRoot/place.ps1
Set-Content $script @'
param($Module, $Uri, $Rows, $ThrottleLimit, $Told, $Checkpoint)
Import-Module $Module
Connect-ChatService $Uri -Name Bench -Model sandbox-mini -ApiKey sk-test-bench -Quiet
$questions = 'refund: is a refund wanted?', 'spam: is it spam?', 'team: which team (billing|technical|sales)', 'urgency: how urgent 1..5', 'anger: how angry (calm|annoyed|furious)'
$checkpointing = if ($Checkpoint) { @{ CheckpointPath = $Checkpoint } } else { @{} }
$null = 'the first call compiles' | Invoke-ChatDecision $questions
$process = [Diagnostics.Process]::GetCurrentProcess()
$cpu = $process.TotalProcessorTime
$watch = [Diagnostics.Stopwatch]::StartNew()
$seen = 0
& { for ($n = 0; $n -lt $Rows; $n++) { [pscustomobject]@{ Id = $n; Subject = "Ticket $n"; Body = 'The lid is cracked, and I want a refund.' } } } |
    Invoke-ChatDecision $questions -ThrottleLimit $ThrottleLimit -Threshold 0.5 -Merge @checkpointing |
    ForEach-Object { if ($_.Id -ne $seen -or $_.refund -isnot [bool] -or $_.urgency -isnot [double]) { throw "Row $seen is '$_'." }; $seen++ }
$process.Refresh()
Set-Content $Told "$seen`t$($watch.Elapsed.TotalSeconds)`t$(($process.TotalProcessorTime - $cpu).TotalSeconds)`t$($process.PeakWorkingSet64)"
'@

function Start-Run([string] $Told, [string] $Checkpoint) {
    [Diagnostics.Process]::Start((New-PowerShellStart '-NoProfile', '-NonInteractive', '-File', $script, $module, $uri, $Rows, $ThrottleLimit, $Told, $Checkpoint))
}

function Get-Asked { $last = Get-ChatSandboxRequest Bench -Last 1; if ($last) { $last.Number } else { 0 } }

try {
    $uri = (Start-ChatSandbox Bench -LatencyMs $LatencyMs).BaseUri
    $told = Join-Path $folder 'whole.txt'
    (Start-Run $told).WaitForExit()
    $count, $seconds, $cpu, $peak = (Get-Content $told) -split "`t"
    $ideal = [Math]::Ceiling($Rows / $ThrottleLimit) * $LatencyMs / 1000
    $ratio = [double]$seconds / $ideal
    $whole = Get-Asked

    $told = Join-Path $folder 'killed.txt'
    $checkpoint = Join-Path $folder 'rows.jsonl'
    $run = Start-Run $told $checkpoint
    while (-not $run.HasExited -and (Get-Asked) -lt $whole + $Rows / 2) {
        [Threading.Thread]::Sleep(20)
    }

    $run.Kill()
    $run.WaitForExit()
    # Until the sandbox has noticed what nobody waits for any more.
    [Threading.Thread]::Sleep(2 * $LatencyMs + 500)
    $aborted = @(Get-ChatSandboxRequest Bench -Last (2 * $ThrottleLimit) | Where-Object Aborted).Count
    $kept = [IO.File]::ReadAllLines($checkpoint).Count - 1
    (Start-Run $told $checkpoint).WaitForExit()
    # Each process asks once beforehand, and not for a row.
    $asked = (Get-Asked) - $whole - 2
    [pscustomobject][ordered]@{
        Rows          = $Rows
        Received      = [int]$count
        Seconds       = [Math]::Round([double]$seconds, 1)
        Ideal         = $ideal
        Ratio         = [Math]::Round($ratio, 3)
        IsFast        = $ratio -le $MostRatio
        CpuSeconds    = [Math]::Round([double]$cpu, 1)
        PeakMB        = [int]([long]$peak / 1MB)
        KeptAtKill    = $kept
        AskedInAll    = $asked
        Aborted       = $aborted
        AnsweredTwice = $asked - $aborted - $Rows
        ReceivedAfter = [int]((Get-Content $told) -split "`t")[0]
    }
}
finally {
    Stop-ChatSandbox Bench
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}
