<#
.SYNOPSIS
    Prints by how many MB the working set grows, at most, while that many prompts run through the pipeline.
.DESCRIPTION
    The first tenth warms up: code is compiled, sockets are opened, the heap finds its size. What is emitted is dropped.
#>
param([string] $Module, [int] $Prompts)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$process = [Diagnostics.Process]::GetCurrentProcess()

function Get-WorkingSet {
    $process.Refresh()
    $process.WorkingSet64
}

$null = 1..($Prompts / 10) | Invoke-ChatCompletion 'Question'
[GC]::Collect()
$before = Get-WorkingSet
$most = $before
$count = 0
1..$Prompts | Invoke-ChatCompletion 'Question' | ForEach-Object {
    if (++$count % 1000 -eq 0) {
        $most = [Math]::Max($most, (Get-WorkingSet))
    }
}

if ($count -ne $Prompts) {
    throw "There are $count answers for $Prompts prompts."
}

($most - $before) / 1MB
