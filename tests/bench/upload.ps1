#requires -Version 7.4

<#
.SYNOPSIS
Uploads a very large file to the sandbox, with the process killed (-9) in the middle, and tells time, working set, and how much was sent.

.DESCRIPTION
The sandbox runs in this process, the command that is measured in one of its own. The file is sparse; the sandbox writes it out in the folder of
temporary files. The first row is a process that uploads a small file, for comparison. It takes minutes, and is run by hand.

.EXAMPLE
./tests/bench/upload.ps1 -ModulePath artifacts/module/ChatPS -Gigabytes 5
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Gigabytes = 5
)

$ErrorActionPreference = 'Stop'
. $PSScriptRoot/place.ps1
Set-Content $script @'
param($Module, $Uri, $Path, $Told)
Import-Module $Module
Connect-ChatService $Uri -Name Bench -ApiKey sk-test-bench -Quiet
$file = Add-ChatFile $Path -Purpose user_data
Set-Content $Told $file.Bytes, ([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64)
'@

function Measure-Upload([string] $What, [string] $Path, [int] $KillAfter = [int]::MaxValue) {
    $told = Join-Path $folder 'told.txt'
    Remove-Item $told -ErrorAction Ignore
    $before = Get-Part
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $start = New-PowerShellStart '-NoProfile', '-NonInteractive', '-File', $script, $module, $uri, $Path, $told
    $run = [Diagnostics.Process]::Start($start)
    $peak = 0
    while (-not $run.HasExited -and (Get-Part) - $before -lt $KillAfter) {
        $run.Refresh()
        $peak = [Math]::Max($peak, $run.HasExited ? 0 : $run.PeakWorkingSet64)
        [Threading.Thread]::Sleep(50)
    }

    if (-not $run.HasExited) {
        $run.Kill()
    }

    $run.WaitForExit()
    $bytes, $last = if (Test-Path $told) { Get-Content $told } else { 0, 0 }
    [pscustomobject]@{
        Run        = $What
        Seconds    = [Math]::Round($watch.Elapsed.TotalSeconds, 1)
        PeakMB     = [int]([Math]::Max($peak, [long]$last) / 1MB)
        Parts      = (Get-Part) - $before
        UploadedGB = [long]$bytes / 1GB
    }
}

# How many parts have come to the service whole.
function Get-Part { @(Get-ChatSandboxRequest Bench | Where-Object { $_.Path -like '*/parts' -and $_.StatusCode -eq 200 }).Count }

try {
    $uri = (Start-ChatSandbox Bench).BaseUri
    $small = Join-Path $folder 'small.bin'
    Set-Content $small 'small'
    $large = Join-Path $folder 'large.bin'
    $file = [IO.File]::Create($large)
    $file.SetLength($Gigabytes * 1GB)
    $file.Dispose()
    Measure-Upload 'A small file' $small
    Measure-Upload 'Killed in the middle' $large ($Gigabytes * 8)
    Measure-Upload 'Once more' $large
    $uploads = @(Get-ChatSandboxRequest Bench | Where-Object Path -Like '*/uploads').Count
    Write-Verbose "$uploads uploads were begun."
}
finally {
    Stop-ChatSandbox
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}
