<#
.SYNOPSIS
    Uses every cmdlet once, in whatever session it is run, and throws at what does not fit. Run by AnySession.Tests.ps1.
.DESCRIPTION
    Each file of Smoke is about one family of cmdlets. It finds the connection $name to the sandbox $name, and $answer. What it emits must show.
#>
param(
    [Parameter(Mandatory)]
    [string] $Module
)

# A session may be without methods, casts and types: only cmdlets, properties and operators are used here.
function Assert-Smoke($Actual, $Expected) {
    if ("$Actual" -cne "$Expected") {
        throw "Smoke: '$Actual' is not '$Expected'."
    }
}

if (-not (Get-Command Invoke-ChatCompletion -ErrorAction Ignore)) {
    Import-Module -Name $Module
}

$name = "Smoke$(Get-Random)"
$sandbox = Start-ChatSandbox -Name $name -RequireKey sk-test-smoke -Response @{ 'ping*' = 'pong' }, @{ Prompt = 'IJ*'; Response = { "${_}".Length } }
try {
    $connection = Connect-ChatService -BaseUri $sandbox.BaseUri -Name $name -ApiKey sk-test-smoke -Model sandbox-mini -MaxRetry 0 -TimeoutSec 30.5 -Isolated -PassThru
    $answer = 'ping' | Invoke-ChatCompletion -Connection $name -Temperature 0.5
    $shown = foreach ($family in Get-ChildItem -Path (Join-Path -Path $PSScriptRoot -ChildPath Smoke) -Filter *.ps1 | Sort-Object -Property Name) {
        . $family.FullName
    }

    # Shown without any Format-* command.
    foreach ($object in @($sandbox, $connection, $answer) + $shown) {
        if (-not ($object | Out-String)) {
            throw "Smoke: nothing is shown of $object."
        }
    }
}
finally {
    Disconnect-ChatService -Name $name
    Stop-ChatSandbox -Name $name
}

"ok $($answer.Text)"
