<#
.SYNOPSIS
    Runs tests/Pester against a built module and writes 'passed failed skipped' to a file. build.ps1 starts it in a fresh PowerShell.
#>
param(
    [Parameter(Mandatory)]
    [string] $Pester,

    [Parameter(Mandatory)]
    [string] $Module,

    [Parameter(Mandatory)]
    [string] $Result
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester

# Where the tests find the module.
$env:CHATPS_MODULE = $Module

$configuration = New-PesterConfiguration
$configuration.Run.Path = Join-Path $PSScriptRoot '../tests/Pester'
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$run = Invoke-Pester -Configuration $configuration

# A file that cannot be read, or a block that fails around its tests, is a failure as well.
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
$null = New-Item (Split-Path $Result) -ItemType Directory -Force
Set-Content $Result "$($run.PassedCount) $failed $($run.TotalCount - $run.PassedCount - $run.FailedCount)"
