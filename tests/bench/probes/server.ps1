<#
.SYNOPSIS
    Runs the sandboxes that are measured against, in a process of their own, until standard input ends.
#>
param([string] $Module)

$ErrorActionPreference = 'Stop'
Import-Module $Module

# The answer is the moment at which the server made it, on the clock that all processes of the machine share.
$now = { [Diagnostics.Stopwatch]::GetTimestamp().ToString([cultureinfo]::InvariantCulture) }
$many = 'word ' * 20000
$plain = Start-ChatSandbox Plain -Response @{ Prompt = 'now'; Response = $now }, @{ Prompt = 'many'; Response = $many }
$slow = Start-ChatSandbox Slow -LatencyMs 200
[pscustomobject]@{ Plain = $plain.BaseUri; Slow = $slow.BaseUri } | ConvertTo-Json -Compress
$null = [Console]::In.ReadToEnd()
