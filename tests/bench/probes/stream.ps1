<#
.SYNOPSIS
    Streams short answers that say when the server made them, and prints for each the milliseconds until its first text
    was out of the pipeline; then streams a long one, and prints how many pieces a second came out.
#>
param([string] $Module, [int] $Times)

$ErrorActionPreference = 'Stop'
Import-Module $Module

$delays = foreach ($i in 1..($Times + 20)) {
    $first = 0L
    $text = [Text.StringBuilder]::new()
    Invoke-ChatCompletion 'now' -Stream | ForEach-Object {
        if ($first -eq 0 -and $_.Text) {
            $first = [Diagnostics.Stopwatch]::GetTimestamp()
        }

        if (-not $_.Completion) {
            $null = $text.Append($_.Text)
        }
    }

    1000.0 * ($first - [long]$text.ToString()) / [Diagnostics.Stopwatch]::Frequency
}

$rates = foreach ($i in 1..4) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $count = @(Invoke-ChatCompletion 'many' -Stream).Count
    $count / $watch.Elapsed.TotalSeconds
}

[pscustomobject]@{
    Delay = @($delays | Select-Object -Skip 20)
    Rate  = @($rates | Select-Object -Skip 1)
} | ConvertTo-Json -Compress
