@{
    RootModule             = if ($PSEdition -eq 'Core') { 'bin/net8.0/ChatPS.dll' } else { 'bin/net472/ChatPS.dll' }
    ModuleVersion          = '0.1.0'
    GUID                   = '5619c37b-ccfa-4508-bab0-ea6c7bcf1252'
    Author                 = 'ChatPS contributors'
    CompanyName            = 'ChatPS contributors'
    Copyright              = 'Copyright (c) ChatPS contributors. MIT licence.'
    Description            = 'Language models as ordinary cmdlets: objects in, objects out. OpenAI and all who speak its API, Claude, Gemini, Azure OpenAI, gateways and local servers. Chat completions, models, moderations and text completions, with streaming, retries, and a local sandbox to try and test without a key.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    TypesToProcess         = @('ChatPS.Types.ps1xml')
    FormatsToProcess       = @('ChatPS.Format.ps1xml')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    CmdletsToExport        = @(
        'Connect-ChatService'
        'Disconnect-ChatService'
        'Get-ChatConnection'
        'Save-ChatConnection'
        'Remove-ChatConnection'
        'Get-ChatProvider'
        'Find-ChatService'
        'Test-ChatConnection'
        'Get-ChatModel'
        'Find-ChatGpt'
        'Get-ChatGpt'
        'Invoke-ChatCompletion'
        'Get-ChatCompletion'
        'Set-ChatCompletion'
        'Remove-ChatCompletion'
        'Get-ChatResponse'
        'Remove-ChatResponse'
        'Stop-ChatResponse'
        'Measure-ChatToken'
        'Invoke-ChatTextCompletion'
        'Test-ChatModeration'
        'Get-ChatEmbedding'
        'Split-ChatText'
        'Measure-ChatSimilarity'
        'Find-ChatSimilar'
        'Export-ChatEmbedding'
        'Import-ChatEmbedding'
        'Invoke-ChatRerank'
        'ConvertTo-ChatSpeech'
        'ConvertFrom-ChatSpeech'
        'New-ChatImage'
        'Edit-ChatImage'
        'Save-ChatImage'
        'Save-ChatMedia'
        'Start-ChatGeneration'
        'Get-ChatGeneration'
        'Wait-ChatGeneration'
        'Receive-ChatGeneration'
        'Invoke-ChatGenerationAction'
        'Stop-ChatGeneration'
        'New-ChatMessage'
        'New-ChatSession'
        'Copy-ChatSession'
        'Limit-ChatSession'
        'Export-ChatSession'
        'Import-ChatSession'
        'New-ChatTool'
        'Start-ChatSandbox'
        'Stop-ChatSandbox'
        'Get-ChatSandboxRequest'
        'Get-ChatQuota'
        'Get-ChatUsage'
        'Clear-ChatUsage'
        'Get-ChatLog'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('OpenAI', 'Chat', 'LLM', 'AI', 'GPT', 'Ollama', 'Moderation', 'Streaming', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/licenses/MIT'
            ProjectUri   = 'https://github.com/chatps/chatps'
            ReleaseNotes = 'See CHANGELOG.md in the project: https://github.com/chatps/chatps/blob/main/CHANGELOG.md'
        }
    }
}
