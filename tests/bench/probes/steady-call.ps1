<#
.SYNOPSIS
    Lets every way ask in turn, round after round in one process, and prints one line of JSON per round and way:
    microseconds a call, of the clock and of this process's processors, and the kilobytes that it takes.
#>
param([string] $Module, [string] $Baseline, [int] $Rounds, [int] $Calls)

$ErrorActionPreference = 'Stop'
$modules = @{ ChatPS = $Module; Baseline = $Baseline; Utility = 'Microsoft.PowerShell.Utility' }
$ways = . "$PSScriptRoot/ways.ps1"
$process = [Diagnostics.Process]::GetCurrentProcess()

# Warm enough for the compiler to have settled.
foreach ($way in $ways.Values) {
    Import-Module $modules[$way.Needs]
    & $way.Ask 300
}

foreach ($round in 1..$Rounds) {
    foreach ($name in $ways.Keys) {
        $ask = $ways[$name].Ask
        & $ask 5
        [GC]::Collect()
        $process.Refresh()
        $processor = $process.TotalProcessorTime
        $allocated = [GC]::GetTotalAllocatedBytes($true)
        $watch = [Diagnostics.Stopwatch]::StartNew()
        & $ask $Calls
        $clock = $watch.Elapsed
        $process.Refresh()
        $taken = [GC]::GetTotalAllocatedBytes($true) - $allocated
        [pscustomobject]@{
            Round     = $round
            Way       = $name
            Clock     = $clock.TotalMicroseconds / $Calls
            Processor = ($process.TotalProcessorTime - $processor).TotalMicroseconds / $Calls
            Allocated = $taken / $Calls / 1KB
        } | ConvertTo-Json -Compress
    }
}
