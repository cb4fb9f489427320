#!/usr/bin/env pwsh
#Requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests, shows and packs ChatPS.
.DESCRIPTION
    Needs the .NET SDK 10. The tests run in the PowerShell that runs this script, with Pester from the package feed.
    All that is made lies in artifacts/: module/ChatPS is the module, packages/ what Pack makes.
    On Linux and macOS, build.sh finds or installs PowerShell and then calls this script.
.PARAMETER Task
    Build  the module in artifacts/module/ChatPS (the default)
    Test   every suite; the last line is 'N passed, N failed, N skipped'
    Demo   the module at work, on its own sandbox
    Pack   a package for the PowerShell Gallery and a zip
    Bench  the benchmarks in tests/bench
    Clean  all that was made
.PARAMETER Configuration
    Release or Debug.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Pack', 'Bench', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$artifacts = Join-Path $PSScriptRoot 'artifacts'
$module = Join-Path $artifacts 'module/ChatPS'
$results = Join-Path $artifacts 'test-results'
. (Join-Path $PSScriptRoot 'eng/powershell.ps1')

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') failed."
    }
}

# In a process of its own: a module that was imported cannot be built again until the process ends.
function Get-ScriptArgument([string] $Script, [string[]] $ArgumentList) {
    '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', (Join-Path $PSScriptRoot $Script) + $ArgumentList
}

function Invoke-Script([string] $Script, [string[]] $ArgumentList) {
    $all = Get-ScriptArgument $Script $ArgumentList
    Invoke-PowerShell @all
    if ($LASTEXITCODE -ne 0) {
        throw "$Script failed."
    }
}

function Invoke-Build {
    Invoke-DotNet build (Join-Path $PSScriptRoot 'src/ChatPS') -c $Configuration '-t:AssembleModule' --nologo @args
}

# What is shown needs one edition and neither help nor analyzers. It lies apart, and is never taken for the module.
function Invoke-Demo {
    $place = Join-Path $artifacts 'demo'
    $framework = if ($PSEdition -eq 'Desktop') { 'net472' } else { 'net8.0' }
    Invoke-Build -f $framework "-p:ArtifactsPath=$place" '-p:RunAnalyzers=false'
    Invoke-Script 'eng/demo.ps1' (Join-Path $place 'module/ChatPS')
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

# The files run in two halves, side by side: those up to L in the alphabet take about as long as the others.
function Get-PesterSuite {
    $halves = @{ Names = '^[a-l]'; Result = Join-Path $results 'Pester.1.txt' }, @{ Names = '^[^a-l]'; Result = Join-Path $results 'Pester.2.txt' }
    try {
        $pester = Invoke-DotNet build (Join-Path $PSScriptRoot 'eng/Pester') '-t:GetPester' '-getProperty:PesterModule'
        $start = New-PowerShellStart (Get-ScriptArgument 'eng/pester.ps1' $pester, $module, $halves[1].Result, $halves[1].Names)
        $start.RedirectStandardOutput = $true
        $second = [Diagnostics.Process]::Start($start)
        $said = $second.StandardOutput.ReadToEndAsync()
        try {
            Invoke-Script 'eng/pester.ps1' $pester, $module, $halves[0].Result, $halves[0].Names | Out-Host
        }
        finally {
            Write-Host $said.GetAwaiter().GetResult()
            $second.Dispose()
        }
    }
    catch {
        Write-Host $_
    }

    $counts = foreach ($half in $halves) {
        $passed, $failed, $skipped = if (Test-Path $half.Result) { -split (Get-Content $half.Result -Raw) } else { 0, 1, 0 }
        New-Suite 'Pester' $passed $failed $skipped
    }
    $total = $counts | Measure-Object Passed, Failed, Skipped -Sum
    $isWhole = -not ($halves | Where-Object { -not (Test-Path $_.Result) })
    New-Suite $(if ($isWhole) { 'Pester' } else { 'Pester (did not run to its end)' }) $total[0].Sum $total[1].Sum $total[2].Sum
}

function Invoke-Test {
    if (Test-Path $results) {
        Remove-Item $results -Recurse -Force
    }

    # First, since some suites look at the module as it is assembled.
    $suites = @(
        try {
            Invoke-Build | Out-Host
        }
        catch {
            Write-Host $_
            New-Suite 'The module (did not build)' 0 1 0
        }
    )

    & dotnet test (Join-Path $PSScriptRoot 'ChatPS.sln') -c $Configuration --nologo
    $exitCode = $LASTEXITCODE
    $suites += @(
        Get-ChildItem (Join-Path $PSScriptRoot 'tests/*/*.csproj') | Where-Object { Select-String '<IsTestProject>true' $_.FullName -Quiet } | ForEach-Object { Get-XunitSuite $_.BaseName }
    )
    if ($exitCode -ne 0 -and -not ($suites | Where-Object Failed)) {
        $suites += New-Suite "dotnet test (exit code $exitCode)" 0 1 0
    }

    $suites += Get-PesterSuite

    $width = ($suites.Suite | Measure-Object Length -Maximum).Maximum
    $row = "{0,-$width}  {1,6}  {2,6}  {3,7}"
    Write-Host ''
    Write-Host ($row -f 'Suite', 'Passed', 'Failed', 'Skipped')
    foreach ($suite in $suites) {
        Write-Host ($row -f $suite.Suite, $suite.Passed, $suite.Failed, $suite.Skipped)
    }

    Write-Host ''
    $total = $suites | Measure-Object Passed, Failed, Skipped -Sum
    Write-Host ('{0} passed, {1} failed, {2} skipped' -f $total.Sum)
    if ($total[1].Sum -gt 0) {
        exit 1
    }
}

function Invoke-Pack {
    Invoke-Build
    Invoke-DotNet pack (Join-Path $PSScriptRoot 'eng/Package') -c $Configuration --nologo
}

function Invoke-Bench {
    Invoke-Build
    Invoke-Script 'tests/bench/run.ps1'
}

# The tools stay: this PowerShell may be one of them.
function Invoke-Clean {
    Get-ChildItem $artifacts -ErrorAction Ignore | Where-Object Name -NE 'tools' | Remove-Item -Recurse -Force
}

$environment = $env:DOTNET_NOLOGO, $env:ModulePlatforms
try {
    $env:DOTNET_NOLOGO = '1'

    # For which platforms the engine is compiled ahead of time, whatever builds the module: see eng/Native.targets.
    $platforms = @{ Test = 'host'; Bench = 'host'; Pack = 'all' }[$Task]
    if ($platforms) {
        $env:ModulePlatforms = $platforms
    }

    switch ($Task) {
        'Build' { Invoke-Build }
        'Test' { Invoke-Test }
        'Demo' { Invoke-Demo }
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
    $env:DOTNET_NOLOGO, $env:ModulePlatforms = $environment
}
