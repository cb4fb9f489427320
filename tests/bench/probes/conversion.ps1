<#
.SYNOPSIS
    Prints the milliseconds that the schema of a class and the tool of a command take: the first time, and the times after.
#>
param([string] $Module)

$ErrorActionPreference = 'Stop'
Import-Module $Module

class Part { [string] $Sku; [ValidateRange(1, 99)] [int] $Quantity }
class Ticket { [string] $Title; [ValidateSet('low', 'high')] [string] $Severity; [datetime] $Due; [Part[]] $Parts; [hashtable] $Labels }

# The code is compiled by then: what is left is the work.
class Other { [string] $Name; [int] $Count; [datetime[]] $Times; [Part] $Part }
$schemaOf = (Get-Command Invoke-ChatCompletion).ImplementingType.Assembly.GetType('ChatPS.Typed.AnswerSchema').GetMethod('OfType')
$schema = { param($Type) $null = $schemaOf.Invoke($null, @($Type)) }
$tool = { param($Command) $null = New-ChatTool -Command $Command }
& $schema ([Other])
& $tool Get-Item

function Measure-Each([scriptblock] $Script, $Argument) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    & $Script $Argument
    $first = $watch.Elapsed.TotalMilliseconds
    $watch.Restart()
    for ($i = 0; $i -lt 100; $i++) {
        & $Script $Argument
    }

    @($first, ($watch.Elapsed.TotalMilliseconds / 100))
}

[pscustomobject]@{
    Schema = Measure-Each $schema ([Ticket])
    Tool   = Measure-Each $tool Get-ChildItem
} | ConvertTo-Json -Compress
