<#
.SYNOPSIS
    Prints the milliseconds in which a number of texts is turned into vectors, so many requests at a time, and how many
    requests that took. To be run against a server that takes its time.
#>
param([string] $Module, [int] $Texts, [int] $AtOnce, [int] $Rounds)

$ErrorActionPreference = 'Stop'
Import-Module $Module

function Get-Vector([int] $Count) {
    $inOrder = 0
    1..$Count | ForEach-Object { "Text $_" } | Get-ChatEmbedding -Dimension 256 -ThrottleLimit $AtOnce | ForEach-Object {
        if ($_.Index -ne $inOrder -or $_.Input -ne "Text $($inOrder + 1)") {
            throw "Text $($inOrder + 1) is missing, or out of order."
        }

        $inOrder++
    }
    if ($inOrder -ne $Count) {
        throw "$inOrder of $Count texts have a vector."
    }
}

Get-Vector $Texts
foreach ($round in 1..$Rounds) {
    Clear-ChatUsage
    $watch = [Diagnostics.Stopwatch]::StartNew()
    Get-Vector $Texts
    [pscustomobject]@{ Time = $watch.Elapsed.TotalMilliseconds; Requests = (Get-ChatUsage).Requests } | ConvertTo-Json -Compress
}
