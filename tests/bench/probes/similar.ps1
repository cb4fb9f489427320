# Opens a file of vectors and searches it once, in a fresh process.
param([string] $Module, [string] $Path)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$vector = [float[]] (1..256)
$process = Get-Process -Id $PID
$before = $process.TotalProcessorTime
$watch = [Diagnostics.Stopwatch]::StartNew()
$found = @(Find-ChatSimilar $vector -Path $Path -Top 10)
$watch.Stop()
$process.Refresh()
if ($found.Count -ne 10) {
    throw "$($found.Count) were found."
}

@{ Processor = ($process.TotalProcessorTime - $before).TotalMilliseconds; Clock = $watch.Elapsed.TotalMilliseconds } | ConvertTo-Json -Compress
