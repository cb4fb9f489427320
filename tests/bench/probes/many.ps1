<#
.SYNOPSIS
    Prints the milliseconds in which a number of prompts is answered, so many at a time: piped to ChatPS, and by
    Invoke-RestMethod in ForEach-Object -Parallel; and the microseconds of processor time that a piped one takes. To be run against a server that takes its time. One at a time is
    estimated from the first few.
#>
param([string] $Module, [int] $Prompts, [int] $AtOnce, [int] $Rounds)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$uri = "$env:OPENAI_BASE_URL/chat/completions"
$model = $env:OPENAI_MODEL
$few = 20

function Invoke-Piped([int] $Count, [int] $AtOnce) {
    $inOrder = 1..$Count | ForEach-Object { "Question $_" } | Invoke-ChatCompletion -ThrottleLimit $AtOnce | Where-Object { $_.Text -like "*$($_.Input)" } | Select-Object -ExpandProperty Input
    if ("$inOrder" -ne "$(1..$Count | ForEach-Object { "Question $_" })") {
        throw 'An answer is missing, or out of order.'
    }
}

function Invoke-Parallel([int] $Count, [int] $AtOnce) {
    $null = 1..$Count | ForEach-Object -ThrottleLimit $AtOnce -Parallel {
        $body = @{ model = $using:model; messages = @(@{ role = 'user'; content = "Question $_" }) } | ConvertTo-Json -Depth 5
        Invoke-RestMethod $using:uri -Method Post -Body $body -ContentType 'application/json'
    }
}

Invoke-Piped 2 $AtOnce
Invoke-Parallel 2 $AtOnce
$process = [Diagnostics.Process]::GetCurrentProcess()
foreach ($round in 1..$Rounds) {
    $process.Refresh()
    $processor = $process.TotalProcessorTime
    $watch = [Diagnostics.Stopwatch]::StartNew()
    Invoke-Piped $Prompts $AtOnce
    $piped = $watch.Elapsed.TotalMilliseconds
    $process.Refresh()
    $processor = ($process.TotalProcessorTime - $processor).TotalMicroseconds / $Prompts
    $watch.Restart()
    Invoke-Parallel $Prompts $AtOnce
    $parallel = $watch.Elapsed.TotalMilliseconds
    $watch.Restart()
    Invoke-Piped $few 1
    $oneByOne = $watch.Elapsed.TotalMilliseconds * $Prompts / $few
    [pscustomobject]@{ Piped = $piped; Processor = $processor; Parallel = $parallel; OneByOne = $oneByOne } | ConvertTo-Json -Compress
}
