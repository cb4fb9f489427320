<#
.SYNOPSIS
    Prints as JSON how many methods are compiled just in time in a fresh process: while the module is imported, and while the
    first call is made. What PowerShell compiles of itself does not count.
.DESCRIPTION
    The runtime keeps a log of what it compiles, in the order in which it also counts.
#>
param([string] $Module, [string] $Baseline, [string] $Way)

$ErrorActionPreference = 'Stop'
if ($env:DOTNET_JitStdOutFile) {
    $modules = @{ ChatPS = $Module; Baseline = $Baseline; Utility = 'Microsoft.PowerShell.Utility' }
    $chosen = (. "$PSScriptRoot/ways.ps1")[$Way]
    $path, $ask = $modules[$chosen.Needs], $chosen.Ask
    $null = [Runtime.JitInfo]::GetCompiledMethodCount()
    $started = [Runtime.JitInfo]::GetCompiledMethodCount()
    Import-Module $path
    $imported = [Runtime.JitInfo]::GetCompiledMethodCount()
    & $ask 1
    $asked = [Runtime.JitInfo]::GetCompiledMethodCount()
    "$started $imported $asked"

    # What follows pushes the end of the log out of its buffer. An orderly end can crash, as it closes the log too early.
    foreach ($i in 1..100) {
        $method = [Reflection.Emit.DynamicMethod]::new('Filler', [void], [type[]] @())
        $method.GetILGenerator().Emit([Reflection.Emit.OpCodes]::Ret)
        $method.CreateDelegate([Action]).Invoke()
    }

    [Diagnostics.Process]::GetCurrentProcess().Kill()
}

. "$PSScriptRoot/../../../eng/powershell.ps1"
$log = [IO.Path]::GetTempFileName()
$settings = @{
    DOTNET_JitStdOutFile          = $log
    DOTNET_JitDisasmSummary       = '1'
    # PowerShell has the runtime compile beforehand what its last process needed, whatever that was: not with so few processors.
    DOTNET_MultiCoreJitMinNumCpus = 'FFFF'
    # Telemetry works in the background of each process.
    POWERSHELL_TELEMETRY_OPTOUT   = '1'
}
$before = @{}
try {
    foreach ($name in $settings.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $settings[$name])
    }

    $started, $imported, $asked = [int[]] -split (Invoke-PowerShell -NoProfile -NonInteractive -File $PSCommandPath $Module $Baseline $Way)
    $import = $call = 0
    foreach ($line in [IO.File]::ReadLines($log)) {
        # A second, better version of a method does not count either.
        if ($line -match '^\s*(\d+): JIT compiled ([^:]+):.*\[(?!Tier1)' -and $Matches[2] -notmatch '^\(dynamicClass\)|^\w+$|^(?!ChatPS\.).*(System\.Management\.Automation|Microsoft\.PowerShell)') {
            $import += [int]($started -lt $Matches[1] -and $imported -ge $Matches[1])
            $call += [int]($imported -lt $Matches[1] -and $asked -ge $Matches[1])
        }
    }

    [pscustomobject]@{ Import = $import; Call = $call } | ConvertTo-Json -Compress
}
finally {
    foreach ($name in $before.Keys) {
        [Environment]::SetEnvironmentVariable($name, $before[$name])
    }

    Remove-Item $log
}
