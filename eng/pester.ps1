<#
.SYNOPSIS
    Runs files of tests/Pester against a built module and writes 'passed failed skipped' to a file. build.ps1 starts it in a fresh PowerShell.
#>
param(
    [Parameter(Mandatory)]
    [string] $Pester,

    [Parameter(Mandatory)]
    [string] $Module,

    [Parameter(Mandatory)]
    [string] $Result,

    # A regular expression for the names of the files.
    [string] $Names = '.'
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester

# Where the tests find the module.
$env:CHATPS_MODULE = $Module

$configuration = New-PesterConfiguration
$configuration.Run.Path = @(Get-ChildItem (Join-Path $PSScriptRoot '../tests/Pester') -Filter '*.Tests.ps1' | Where-Object Name -Match $Names | ForEach-Object FullName)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$run = Invoke-Pester -Configuration $configuration

# A file that cannot be read, or a block that fails around its tests, is a failure as well.
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
$null = New-Item (Split-Path $Result) -ItemType Directory -Force
Set-Content $Result "$($run.PassedCount) $failed $($run.TotalCount - $run.PassedCount - $run.FailedCount)"
