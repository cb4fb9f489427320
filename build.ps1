#!/usr/bin/env pwsh
#Requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests, shows and packs ChatPS.
.DESCRIPTION
    Needs the .NET SDK 10; Test also needs Pester 5 for the tests that run in PowerShell, and fetches it where it can.
    All that is made lies in artifacts/: module/ChatPS is the module, packages/ what Pack makes.
    On Linux and macOS, build.sh finds or installs PowerShell and then calls this script.
.PARAMETER Task
    Build  the module in artifacts/module/ChatPS (the default)
    Test   every suite; the last line is 'N passed, N failed, N skipped'
    Demo   the module at work, on its own sandbox
    Pack   a package for the PowerShell Gallery and a zip, with Refit from its package
    Bench  the benchmarks in tests/bench
    Clean  all that was made
.PARAMETER Configuration
    Release or Debug.
.PARAMETER RefitProvider
    Package or Embedded. Left out, the first restore asks the package feed and keeps the answer in artifacts/.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 Test
.EXAMPLE
    ./build.ps1 Pack -RefitProvider Embedded
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Pack', 'Bench', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [ValidateSet('Package', 'Embedded')]
    [string] $RefitProvider
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$artifacts = Join-Path $PSScriptRoot 'artifacts'
$module = Join-Path $artifacts 'module/ChatPS'
$results = Join-Path $artifacts 'test-results'
$tools = Join-Path $artifacts 'tools'
$powershell = (Get-Process -Id $PID).Path

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') failed."
    }
}

# In a process of its own: a module that was imported cannot be built again until the process ends.
function Invoke-Script([string] $Script, [string[]] $ArgumentList) {
    & $powershell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File (Join-Path $PSScriptRoot $Script) @ArgumentList
    if ($LASTEXITCODE -ne 0) {
        throw "$Script failed."
    }
}

function Invoke-Build {
    Invoke-DotNet build (Join-Path $PSScriptRoot 'src/ChatPS') -c $Configuration '-t:AssembleModule' --nologo
}

function New-Suite([string] $Name, [int] $Passed, [int] $Failed, [int] $Skipped) {
    [pscustomobject]@{ Suite = $Name; Passed = $Passed; Failed = $Failed; Skipped = $Skipped }
}

function Get-XunitSuite([string] $Name) {
    $file = Join-Path $results "$Name.trx"
    if (-not (Test-Path $file)) {
        return New-Suite "$Name (did not run)" 0 1 0
    }

    $summary = ([xml](Get-Content $file -Raw)).TestRun.ResultSummary
    $counters = $summary.Counters
    if ([int]$counters.total -eq 0) {
        return New-Suite "$Name (has no tests)" 0 1 0
    }

    $failed = [int]$counters.executed - [int]$counters.passed
    if ($failed -eq 0 -and $summary.outcome -ne 'Completed') {
        return New-Suite "$Name (did not run to its end)" $counters.passed 1 ([int]$counters.total - [int]$counters.executed)
    }

    New-Suite $Name $counters.passed $failed ([int]$counters.total - [int]$counters.executed)
}

function Test-Pester {
    $env:PSModulePath = $tools + [IO.Path]::PathSeparator + $env:PSModulePath
    $isThere = { @(Get-Module Pester -ListAvailable | Where-Object { $_.Version -ge '5.0' }).Count -gt 0 }
    if (& $isThere) {
        return $true
    }

    try {
        $null = New-Item $tools -ItemType Directory -Force
        if (Get-Command Save-PSResource -ErrorAction Ignore) {
            Save-PSResource Pester -Version '[5.0,6.0)' -Path $tools -TrustRepository -WarningAction SilentlyContinue
        }
        elseif (Get-Command Save-Module -ErrorAction Ignore) {
            Save-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.999 -Path $tools -Force -WarningAction SilentlyContinue
        }
    }
    catch {
        Write-Verbose "Pester could not be fetched: $_"
    }

    & $isThere
}

function Get-PesterSuite {
    $file = Join-Path $results 'Pester.txt'
    try {
        Invoke-Script 'eng/pester.ps1' $module, $file | Out-Host
    }
    catch {
        Write-Host $_
    }

    if (-not (Test-Path $file)) {
        return New-Suite 'Pester (did not run to its end)' 0 1 0
    }

    $passed, $failed, $skipped = -split (Get-Content $file -Raw)
    New-Suite 'Pester' $passed $failed $skipped
}

function Invoke-Test {
    $suites = [Collections.Generic.List[object]]::new()
    $missing = $null
    if (Test-Path $results) {
        Remove-Item $results -Recurse -Force
    }

    try {
        Invoke-Build
    }
    catch {
        $suites.Add((New-Suite 'The module (did not build)' 0 1 0))
        $missing = 'the module did not build.'
    }

    & dotnet test (Join-Path $PSScriptRoot 'ChatPS.sln') -c $Configuration --nologo
    $exitCode = $LASTEXITCODE
    foreach ($project in Get-ChildItem (Join-Path $PSScriptRoot 'tests/*/*.csproj') | Where-Object { Select-String '<IsTestProject>true' $_.FullName -Quiet }) {
        $suites.Add((Get-XunitSuite $project.BaseName))
    }

    if ($exitCode -ne 0 -and -not ($suites | Where-Object Failed)) {
        $suites.Add((New-Suite "dotnet test (exit code $exitCode)" 0 1 0))
    }

    if (-not $missing -and -not (Get-ChildItem (Join-Path $PSScriptRoot 'tests/Pester/*.Tests.ps1') -ErrorAction Ignore)) {
        $missing = 'there are no tests in tests/Pester.'
    }
    elseif (-not $missing -and -not (Test-Pester)) {
        $missing = 'Pester 5 is neither installed nor to be had from the gallery (Install-Module Pester -MinimumVersion 5.0).'
    }

    if (-not $missing) {
        $suites.Add((Get-PesterSuite))
    }

    $width = ($suites.Suite | Measure-Object Length -Maximum).Maximum
    $row = "{0,-$width}  {1,6}  {2,6}  {3,7}"
    Write-Host ''
    Write-Host ($row -f 'Suite', 'Passed', 'Failed', 'Skipped')
    foreach ($suite in $suites) {
        Write-Host ($row -f $suite.Suite, $suite.Passed, $suite.Failed, $suite.Skipped)
    }

    Write-Host ''
    if ($missing) {
        Write-Host "PESTER DID NOT RUN: $missing"
    }

    $total = $suites | Measure-Object Passed, Failed, Skipped -Sum
    Write-Host ('{0} passed, {1} failed, {2} skipped' -f $total.Sum)
    if ($total[1].Sum -gt 0) {
        exit 1
    }
}

function Invoke-Pack {
    if ($env:RefitProvider) {
        Invoke-Build
    }
    else {
        # What is released stands on the published package.
        $env:RefitProvider = 'Package'
        try {
            Invoke-Build
        }
        catch {
            throw "$_ A package is built with Refit from the package feed; where that has none, say -RefitProvider Embedded."
        }
    }

    Invoke-DotNet pack (Join-Path $PSScriptRoot 'eng/Package') -c $Configuration --nologo
}

function Invoke-Bench {
    if (-not (Test-Path (Join-Path $PSScriptRoot 'tests/bench/run.ps1'))) {
        throw 'There are no benchmarks: tests/bench/run.ps1 is missing.'
    }

    Invoke-Build
    Invoke-Script 'tests/bench/run.ps1'
}

# The tools stay: this PowerShell may be one of them.
function Invoke-Clean {
    Get-ChildItem $artifacts -ErrorAction Ignore | Where-Object Name -NE 'tools' | Remove-Item -Recurse -Force
}

$environment = $env:RefitProvider, $env:PSModulePath, $env:DOTNET_NOLOGO
try {
    $env:DOTNET_NOLOGO = '1'
    if ($RefitProvider) {
        $env:RefitProvider = $RefitProvider
    }

    switch ($Task) {
        'Build' { Invoke-Build }
        'Test' { Invoke-Test }
        'Demo' { Invoke-Build; Invoke-Script 'eng/demo.ps1' $module }
        'Pack' { Invoke-Pack }
        'Bench' { Invoke-Bench }
        'Clean' { Invoke-Clean }
    }
}
catch {
    [Console]::Error.WriteLine("build.ps1: $_")
    exit 1
}
finally {
    $env:RefitProvider, $env:PSModulePath, $env:DOTNET_NOLOGO = $environment
}
