#requires -Version 7.6
<#
.SYNOPSIS
    Measures what a user feels: import, first call, steady calls, streaming.
.DESCRIPTION
    Every figure is taken in fresh PowerShell processes, against a sandbox in a process of its own. What is compared is run
    in turn, and each ratio is the median of the ratios of neighbours, so that a busy machine disturbs both sides alike.
    Compare ratios, not milliseconds, between machines.
.PARAMETER Module
    The module to measure; what the build leaves in artifacts/ if not given.
.PARAMETER Quick
    Fewer runs: enough to see that something went badly wrong.
.PARAMETER Engine
    Runs the benchmarks of the engine as well (BenchmarkDotNet; several minutes).
.PARAMETER PassThru
    Emits the rows of the table as objects.
.EXAMPLE
    ./run.ps1 -Quick
#>
[CmdletBinding()]
param(
    [string] $Module = (Join-Path $PSScriptRoot '../../artifacts/module/ChatPS'),
    [switch] $Quick,
    [switch] $Engine,
    [switch] $PassThru
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$module = Resolve-Path $Module -ErrorAction Stop | Select-Object -ExpandProperty ProviderPath
. (Join-Path $PSScriptRoot '../../eng/powershell.ps1')
$artifacts = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../artifacts'))
$baseline = Join-Path $artifacts 'bin/ChatPS.Bench.Baseline/release/ChatPS.Bench.Baseline.dll'
$bench = Join-Path $artifacts 'bin/ChatPS.Bench/release/ChatPS.Bench.dll'
$starts = if ($Quick) { 3 } else { 10 }
$rounds = if ($Quick) { 4 } else { 12 }
$rows = [Collections.Generic.List[object]]::new()

function Get-Median([double[]] $Value) {
    $sorted = @($Value | Sort-Object)
    $middle = [Math]::Floor($sorted.Count / 2)
    if ($sorted.Count % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
}

function Get-Ratio([double[]] $Value, [double[]] $Reference) {
    Get-Median @(for ($i = 0; $i -lt $Value.Count; $i++) { $Value[$i] / $Reference[$i] })
}

function Format-Figure([double] $Value, [string] $Unit) {
    $size = [Math]::Abs($Value)
    $format = if ($size -ge 100) { 'N0' } elseif ($size -ge 10) { 'N1' } else { 'N2' }
    $Value.ToString($format, [cultureinfo]::InvariantCulture) + $(if ($Unit) { " $Unit" })
}

# Judged is the figure that has the limit: a ratio, a difference or a rate.
function Add-Row([string] $What, [string] $Measured, [string] $Beside, [double] $Judged, [string] $Unit = 'x', [Nullable[double]] $Limit, [switch] $AtLeast) {
    $rows.Add([pscustomobject]@{
            What     = $What
            Measured = $Measured
            Beside   = $Beside
            Figure   = $Judged
            Result   = Format-Figure $Judged $Unit
            Limit    = if ($null -eq $Limit) { '' } else { ($AtLeast ? '>= ' : '<= ') + (Format-Figure $Limit $Unit) }
            Verdict  = if ($null -eq $Limit) { '' } elseif ($AtLeast ? $Judged -ge $Limit : $Judged -le $Limit) { 'pass' } else { 'over' }
        })
}

# One row where two ways were timed beside each other.
function Add-Pair([string] $What, [double[]] $Ours, [double[]] $Theirs, [string] $Unit, [string] $Name, [Nullable[double]] $Limit) {
    $row = @{
        What     = $What
        Measured = Format-Figure (Get-Median $Ours) $Unit
        Beside   = Format-Figure (Get-Median $Theirs) "$Unit, $Name"
        Judged   = Get-Ratio $Ours $Theirs
        Limit    = $Limit
    }
    Add-Row @row
}

function Invoke-Build([string] $Project) {
    $log = & dotnet build (Join-Path $PSScriptRoot $Project) -c Release --nologo -v quiet
    if ($LASTEXITCODE -ne 0) {
        throw "$Project does not build: $($log -join [Environment]::NewLine)"
    }
}

function Invoke-Probe([string] $Name, [object[]] $ArgumentList) {
    $output = Invoke-PowerShell -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot "probes/$Name.ps1") @ArgumentList
    if ($LASTEXITCODE -ne 0) {
        throw "The probe $Name failed: $($output -join [Environment]::NewLine)"
    }

    $output
}

function Measure-Start([string] $Command) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = Invoke-PowerShell -NoProfile -NonInteractive -Command $Command
    if ($LASTEXITCODE -ne 0) {
        throw "$Command failed."
    }

    $watch.Elapsed.TotalMilliseconds
}

function Open-Server {
    $start = New-PowerShellStart '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'probes/server.ps1'), $module
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    [Diagnostics.Process]::Start($start)
}

function Measure-Import {
    $empty, $import = [double[]]::new($starts), [double[]]::new($starts)
    $command = "Import-Module '$($module.Replace("'", "''"))'"
    $null = Measure-Start $command
    for ($i = 0; $i -lt $starts; $i++) {
        $empty[$i] = Measure-Start '$null'
        $import[$i] = Measure-Start $command
    }

    $row = @{
        What     = 'Import-Module, added to an empty process'
        Measured = Format-Figure (Get-Median $import) 'ms'
        Beside   = Format-Figure (Get-Median $empty) 'ms, empty process'
        Judged   = Get-Median @(for ($i = 0; $i -lt $starts; $i++) { $import[$i] - $empty[$i] })
        Unit     = 'ms'
        Limit    = 55
    }
    Add-Row @row
    Add-Pair -What 'Process that imports' -Ours $import -Theirs $empty -Unit 'ms' -Name 'empty process'
}

# The module without ahead-of-time images, as it is where none of them fits.
function Copy-ModuleAsIL {
    $copy = Join-Path $artifacts 'bench/ChatPS'
    if (Test-Path $copy) {
        Remove-Item $copy -Recurse
    }

    $null = New-Item (Split-Path $copy) -ItemType Directory -Force
    Copy-Item $module $copy -Recurse
    Get-ChildItem (Join-Path $copy 'bin/net8.0/engine') -Directory | Remove-Item -Recurse
    $copy
}

function Measure-FirstCall {
    $il = Copy-ModuleAsIL
    $ask = { param($Probe, $Way) Invoke-Probe $Probe $(if ($Way -eq 'ChatPS as IL') { $il } else { $module }), $baseline, ($Way -replace ' as IL') }
    $times = @{}
    foreach ($i in 0..$starts) {
        foreach ($way in 'ChatPS', 'ChatPS as IL', 'Bare Refit', 'Invoke-RestMethod', 'Bare HttpClient') {
            $time = [double](& $ask 'first-call' $way)
            if ($i -gt 0) {
                $times[$way] += @($time)
            }
        }
    }

    $limits = @{ 'Bare Refit' = 0.85; 'Invoke-RestMethod' = 1 }
    foreach ($way in 'Bare Refit', 'Invoke-RestMethod', 'Bare HttpClient', 'ChatPS as IL') {
        Add-Pair -What 'First call' -Ours $times.ChatPS -Theirs $times[$way] -Unit 'ms' -Name $way -Limit $limits[$way]
    }

    Add-Pair -What 'First call as IL' -Ours $times['ChatPS as IL'] -Theirs $times['Bare Refit'] -Unit 'ms' -Name 'Bare Refit' -Limit 1.2

    $native, $compiled, $bare = 'ChatPS', 'ChatPS as IL', 'Bare Refit' | ForEach-Object { & $ask 'methods' $_ | ConvertFrom-Json }
    $beside = Format-Figure $bare.Call 'Bare Refit'
    Add-Row -What 'Import, methods compiled' -Judged $native.Import -Unit '' -Limit 25
    Add-Row -What 'First call, methods compiled' -Beside $beside -Judged $native.Call -Unit '' -Limit 1100
    Add-Row -What 'First call as IL, methods compiled' -Beside $beside -Judged $compiled.Call -Unit '' -Limit 2100
}

function Measure-SteadyCall {
    $calls = if ($Quick) { 100 } else { 500 }
    $records = Invoke-Probe 'steady-call' $module, $baseline, $rounds, $calls | ConvertFrom-Json | Group-Object Way -AsHashTable
    $limits = @{ 'Invoke-RestMethod' = 0.5; 'Bare Refit' = 1.4 }
    foreach ($way in 'Invoke-RestMethod', 'Bare Refit', 'Bare HttpClient') {
        $ours, $theirs = $records['ChatPS'], $records[$way]
        Add-Pair -What 'Steady call' -Ours $ours.Clock -Theirs $theirs.Clock -Unit 'us' -Name $way -Limit $limits[$way]
        Add-Pair -What 'Steady call, processor time' -Ours $ours.Processor -Theirs $theirs.Processor -Unit 'us' -Name $way
    }

    $row = @{
        What     = 'Steady call, memory'
        Measured = Format-Figure (Get-Median $records['ChatPS'].Allocated) 'KB'
        Beside   = Format-Figure (Get-Median $records['Bare Refit'].Allocated) 'KB, Bare Refit'
        Judged   = Get-Median $records['ChatPS'].Allocated
        Unit     = 'KB'
        Limit    = 40
    }
    Add-Row @row
}

function Measure-Stream {
    $result = Invoke-Probe 'stream' $module, $(if ($Quick) { 20 } else { 100 }) | ConvertFrom-Json
    Add-Row -What 'Stream: from the server to first text' -Judged (Get-Median $result.Delay) -Unit 'ms' -Limit 1
    $reader = & dotnet $bench reader | ConvertFrom-Json
    Add-Row -What 'Stream: pieces through the reader' -Judged (Get-Median $reader) -Unit '/s'
    Add-Row -What 'Stream: pieces out of the pipeline' -Judged (Get-Median $result.Rate) -Unit '/s' -Limit 80000 -AtLeast
}

function Measure-Many([string] $Address) {
    $fast = $env:OPENAI_BASE_URL
    $env:OPENAI_BASE_URL = $Address
    $prompts = if ($Quick) { 320 } else { 1000 }
    $results = @(Invoke-Probe 'many' $module, $prompts, 32, $(if ($Quick) { 1 } else { 3 }) | ConvertFrom-Json)
    $env:OPENAI_BASE_URL = $fast
    $what = "$prompts prompts of 200 ms, 32 at a time"
    $ideal = @([double]($prompts / 32 * 200)) * $results.Count
    Add-Pair -What $what -Ours $results.Piped -Theirs $ideal -Unit 'ms' -Name 'ideal' -Limit 1.08
    Add-Pair -What $what -Ours $results.Piped -Theirs $results.Parallel -Unit 'ms' -Name 'Invoke-RestMethod'
    Add-Pair -What $what -Ours $results.Piped -Theirs $results.OneByOne -Unit 'ms' -Name 'one at a time'
    Add-Row -What "$what, processor time an item" -Judged (Get-Median $results.Processor) -Unit 'us' -Limit 200
}

function Measure-Texts([string] $Address) {
    $fast = $env:OPENAI_BASE_URL
    $env:OPENAI_BASE_URL = $Address
    $results = @(Invoke-Probe 'texts' $module, 10000, 8, $(if ($Quick) { 1 } else { 3 }) | ConvertFrom-Json)
    $env:OPENAI_BASE_URL = $fast
    $what = '10,000 texts to vectors, 8 requests of 200 ms at a time'
    $ideal = @($results | ForEach-Object { [Math]::Ceiling($_.Requests / 8) * 200 })
    Add-Pair -What $what -Ours $results.Time -Theirs $ideal -Unit 'ms' -Name 'ideal' -Limit 1.15
    Add-Row -What '10,000 texts to vectors, requests' -Judged (Get-Median $results.Requests) -Unit '' -Limit 500
}

function Measure-Memory {
    $prompts = if ($Quick) { 10000 } else { 100000 }
    Add-Row -What "Memory, added by $prompts prompts" -Judged ([double](Invoke-Probe 'memory' $module, $prompts)) -Unit 'MB' -Limit 25
}

function Measure-Conversion {
    $records = @(foreach ($i in 1..$(if ($Quick) { 3 } else { 5 })) { Invoke-Probe 'conversion' $module | ConvertFrom-Json })
    foreach ($kind in @{ What = 'Schema of a class'; Name = 'Schema' }, @{ What = 'Tool of Get-ChildItem'; Name = 'Tool' }) {
        Add-Pair -What "$($kind.What), second use" -Ours @($records | ForEach-Object { $_.($kind.Name)[1] }) -Theirs @($records | ForEach-Object { $_.($kind.Name)[0] }) -Unit 'ms' -Name 'first use'
    }
}

function Measure-Similar {
    $count = if ($Quick) { 200000 } else { 1000000 }
    $file = Join-Path ([IO.Path]::GetTempPath()) "chatps-bench-$PID.vec"
    try {
        $result = & dotnet $bench similar $file $count $(if ($Quick) { 8 } else { 16 }) | ConvertFrom-Json
        $own = Invoke-Probe 'similar' $module, $file | ConvertFrom-Json
    }
    finally {
        Remove-Item $file -ErrorAction Ignore
    }

    $what = 'Nearest of {0:N0} vectors' -f $count
    Add-Pair -What $what -Ours $result.One -Theirs $result.Read -Unit 'ms' -Name 'bare read' -Limit 1.3
    $times = @($result.One | ForEach-Object { $_ * 8 })
    Add-Row -What "$what, eight at once" -Measured (Format-Figure (Get-Median $result.Eight) 'ms') -Beside (Format-Figure (Get-Median $times) 'ms, one by one') -Judged (Get-Ratio $times $result.Eight) -Limit 2.5 -AtLeast
    Add-Row -What "$what, by bytes" -Measured (Format-Figure (Get-Median $result.Codes) 'ms') -Beside (Format-Figure (Get-Median $result.One) 'ms, exact') -Judged (Get-Ratio $result.One $result.Codes) -Limit 2.5 -AtLeast
    Add-Row -What "$what, by bytes: of the best ten are found" -Judged (100 * $result.Recall) -Unit '%' -Limit 99 -AtLeast
    Add-Row -What "$what, opening the file, processor time" -Measured (Format-Figure $result.LoadClock 'ms clock') -Judged $result.Load -Unit 'ms' -Limit 1000
    Add-Row -What "$what, first search in PowerShell, processor time" -Measured (Format-Figure $own.Clock 'ms clock') -Judged $own.Processor -Unit 'ms' -Limit 1000
}

function Write-Table {
    $columns = 'What', 'Measured', 'Beside', 'Result', 'Limit', 'Verdict'
    $widths = $columns | ForEach-Object { $name = $_; (@($name) + @($rows.$name) | Measure-Object Length -Maximum).Maximum }
    $layout = '{0,-' + $widths[0] + '}  {1,' + $widths[1] + '}  {2,-' + $widths[2] + '}  {3,' + $widths[3] + '}  {4,' + $widths[4] + '}  {5}'
    ($layout -f $columns).TrimEnd()
    foreach ($row in $rows) {
        ($layout -f $row.What, $row.Measured, $row.Beside, $row.Result, $row.Limit, $row.Verdict).TrimEnd()
    }
}

$environment = @{}
foreach ($name in 'OPENAI_BASE_URL', 'OPENAI_API_KEY', 'OPENAI_MODEL', 'POWERSHELL_TELEMETRY_OPTOUT', 'POWERSHELL_UPDATECHECK', 'DOTNET_NOLOGO', 'DOTNET_MultiCoreJitMinNumCpus') {
    $environment[$name] = [Environment]::GetEnvironmentVariable($name)
}

$server = $null
try {
    # Telemetry works in the background of each process.
    $env:POWERSHELL_TELEMETRY_OPTOUT = '1'
    $env:POWERSHELL_UPDATECHECK = 'Off'
    $env:DOTNET_NOLOGO = '1'
    # PowerShell has the runtime compile beforehand what its last process needed, which is another way here: not with so few
    # processors.
    $env:DOTNET_MultiCoreJitMinNumCpus = 'FFFF'
    $env:OPENAI_API_KEY = ''
    $env:OPENAI_MODEL = 'sandbox-mini'
    Invoke-Build 'Baseline'
    Invoke-Build 'ChatPS.Bench'
    $server = Open-Server
    $addresses = $server.StandardOutput.ReadLine() | ConvertFrom-Json
    $env:OPENAI_BASE_URL = $addresses.Plain

    $steps = [ordered]@{
        'import'       = { Measure-Import }
        'first call'   = { Measure-FirstCall }
        'steady calls' = { Measure-SteadyCall }
        'streaming'    = { Measure-Stream }
        'many prompts' = { Measure-Many $addresses.Slow }
        'many texts'   = { Measure-Texts $addresses.Slow }
        'conversion'   = { Measure-Conversion }
        'memory'       = { Measure-Memory }
        'vectors'      = { Measure-Similar }
    }
    $done = 0
    foreach ($step in $steps.Keys) {
        Write-Progress -Activity 'Measuring' -Status $step -PercentComplete (100 * $done++ / $steps.Count)
        & $steps[$step]
    }

    Write-Progress -Activity 'Measuring' -Completed
    $table = @(
        "PowerShell $($PSVersionTable.PSVersion), $([Environment]::ProcessorCount) processors, $([Runtime.InteropServices.RuntimeInformation]::OSDescription)"
        ''
        Write-Table
        ''
        'Times are medians. A ratio is the median of the ratios of runs beside each other.'
    )
    if ($PassThru) {
        $rows
    }
    else {
        $table
    }

    if ($Engine) {
        & dotnet $bench --filter '*' | Out-Host
        if ($LASTEXITCODE -ne 0) {
            throw 'The benchmarks of the engine failed.'
        }
    }
}
finally {
    if ($server) {
        $server.StandardInput.Close()
        if (-not $server.WaitForExit(5000)) {
            $server.Kill()
        }

        $server.Dispose()
    }

    foreach ($name in $environment.Keys) {
        [Environment]::SetEnvironmentVariable($name, $environment[$name])
    }
}
