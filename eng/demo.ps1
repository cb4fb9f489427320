<#
.SYNOPSIS
    Shows the module at work on its own sandbox: no key, no network.
#>
param(
    [string] $Module = (Join-Path $PSScriptRoot '../artifacts/module/ChatPS')
)

$ErrorActionPreference = 'Stop'

Write-Host "PS> Import-Module $Module" -ForegroundColor Cyan
Import-Module $Module

# Run here and not in a function: what one command assigns, the next ones use.
$commands = @(
    'Connect-ChatService -Sandbox -PassThru'
    'Get-ChatModel'
    "'Hello' | Invoke-ChatCompletion"
    "Invoke-ChatCompletion 'Tell me more' -Stream | Select-Object -ExpandProperty Text"
    "`$answer = 'What is a pipeline?' | Invoke-ChatCompletion"
    '$answer | Format-List Text, FinishReason, Model, Elapsed, Usage'
    '"The text alone: $answer"'
    "Get-ChatModel | Select-Object -First 1 | Invoke-ChatCompletion -Prompt 'hi'"
    "'a', 'b' | Test-ChatModeration"
    'Disconnect-ChatService'
)
foreach ($command in $commands) {
    Write-Host ''
    Write-Host "PS> $command" -ForegroundColor Cyan
    . ([scriptblock]::Create($command)) | Out-Default
}

Write-Host ''
Write-Host 'That was the sandbox. The tour in README.md goes on from here, with the module that ./build.sh build makes.'
