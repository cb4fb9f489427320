<#
.SYNOPSIS
    Prints how many milliseconds the first call of this process takes, its module being imported.
#>
param([string] $Module, [string] $Baseline, [string] $Way)

$ErrorActionPreference = 'Stop'
$modules = @{ ChatPS = $Module; Baseline = $Baseline; Utility = 'Microsoft.PowerShell.Utility' }
$chosen = (. "$PSScriptRoot/ways.ps1")[$Way]
Import-Module $modules[$chosen.Needs]
$ask = $chosen.Ask
$watch = [Diagnostics.Stopwatch]::StartNew()
& $ask 1
$watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
