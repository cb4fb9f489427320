<#
.SYNOPSIS
    Shows the module at work on its own sandbox: no key, no network.
#>
param(
    [string] $Module = (Join-Path $PSScriptRoot '../artifacts/module/ChatPS')
)

$ErrorActionPreference = 'Stop'

function Show([string] $Command) {
    Write-Host ''
    Write-Host "PS> $Command" -ForegroundColor Cyan
    . ([scriptblock]::Create($Command)) | Out-Default
}

Write-Host "PS> Import-Module $Module" -ForegroundColor Cyan
Import-Module $Module

Show 'Connect-ChatService -Sandbox -PassThru'
Show 'Get-ChatModel'
Show "'Hello' | Invoke-ChatCompletion"
Show "Invoke-ChatCompletion 'Tell me more' -Stream | Select-Object -ExpandProperty Text"
Show "`$answer = 'What is a pipeline?' | Invoke-ChatCompletion"
Show '$answer | Format-List Text, FinishReason, Model, Elapsed, Usage'
Show '"The text alone: $answer"'
Show "Get-ChatModel | Select-Object -First 1 | Invoke-ChatCompletion -Prompt 'hi'"
Show "'a', 'b' | Test-ChatModeration"
Show 'Disconnect-ChatService'
Write-Host ''
