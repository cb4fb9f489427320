<#
.SYNOPSIS
    Starts the PowerShell that runs this once more, in a process of its own. To be dot-sourced.
.DESCRIPTION
    The program of a running PowerShell does not tell how to start it: where it is a .NET tool, that is dotnet.
#>

# The program, and what comes before any other argument. A PowerShell that brings its own .NET is installed.
$PowerShellCommand = @(
    if ($PSEdition -eq 'Desktop') {
        Join-Path $PSHOME 'powershell.exe'
    }
    elseif (Test-Path (Join-Path $PSHOME 'System.Private.CoreLib.dll')) {
        Join-Path $PSHOME $(if ($IsWindows) { 'pwsh.exe' } else { 'pwsh' })
    }
    else {
        'dotnet'
        Join-Path $PSHOME 'pwsh.dll'
    }
)

function Invoke-PowerShell {
    $first = @($PowerShellCommand | Select-Object -Skip 1)
    & $PowerShellCommand[0] @first @args
}

# For a process that is to be watched or killed. The arguments hold no quotes.
function New-PowerShellStart([string[]] $ArgumentList) {
    $quoted = $PowerShellCommand + $ArgumentList | Select-Object -Skip 1 | ForEach-Object { """$_""" }
    [Diagnostics.ProcessStartInfo] @{ FileName = $PowerShellCommand[0]; Arguments = "$quoted"; UseShellExecute = $false }
}
