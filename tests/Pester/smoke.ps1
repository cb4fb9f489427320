<#
.SYNOPSIS
    Uses every cmdlet once, in whatever session it is run, and throws at what does not fit. Run by AnySession.Tests.ps1.
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
    Assert-Smoke $connection.TimeoutSec.Equals(30.5) True
    Assert-Smoke (Get-ChatConnection -Name $name).KeySource Parameter
    Assert-Smoke (Test-ChatConnection -Name $name).Success True

    Assert-Smoke (Get-ChatProvider -Name groq).BaseUri 'https://api.groq.com/openai/v1'
    $port = $sandbox.Port
    Assert-Smoke (@(Find-ChatService -Port $port -TimeoutSec 10 | Where-Object { $_.BaseUri.Port -eq $port }).Count) 0

    Assert-Smoke (Get-ChatModel -Connection $name | Select-Object -First 1).Id sandbox-mini
    Assert-Smoke (Get-ChatModel -Connection $name -Id SANDBOX-I*).Id sandbox-instruct
    Assert-Smoke (Get-ChatModel -Connection $name -Id sandbox-mini).Created.Year 2023

    $answer = 'ping' | Invoke-ChatCompletion -Connection $name -Temperature 0.5
    Assert-Smoke $answer.Text pong
    Assert-Smoke $answer.Usage.OutputTokens 1
    Assert-Smoke ($answer | Invoke-ChatCompletion -Prompt 'Title I' -Connection $name).Messages.Count 4
    Assert-Smoke (Invoke-ChatCompletion -Prompt 'one two' -Stream -Connection $name | Select-Object -Last 1).Completion.Text 'You said: one two'
    Assert-Smoke (@{ A = 1.5 } | Invoke-ChatCompletion -Prompt x -Connection $name).Text "You said: x`n`n{`"A`":1.5}"
    Assert-Smoke (Invoke-ChatCompletion -Connection $name -Message @{ role = 'user'; content = 'a' }, (New-ChatMessage -Text 'b' -Role assistant), 'c').Text 'You said: c'
    Assert-Smoke ('a', 'b' | Invoke-ChatCompletion -Prompt 'All' -Aggregate -Connection $name).Text "You said: All`n`na`n`nb"
    $kept = Invoke-ChatCompletion -Prompt 'keep' -Store $true -Metadata @{ run = 7 } -Connection $name
    Assert-Smoke ($kept | Get-ChatCompletion -IncludeMessage).Messages.Count 2
    Assert-Smoke ($kept | Set-ChatCompletion -Metadata @{ run = 8 } -PassThru).Metadata.run 8
    Assert-Smoke (Get-ChatCompletion -Metadata @{ run = '8' } -Connection $name).Id $kept.Id
    Remove-ChatCompletion -Id $kept.Id -Connection $name
    Assert-Smoke (@(Get-ChatCompletion -Connection $name).Count) 0

    $response = Invoke-ChatCompletion -Prompt 'use web_search' -BuiltInTool web_search -Connection (Connect-ChatService -Sandbox -Dialect Responses -Name SmokeResponses -Isolated -PassThru).Name
    Assert-Smoke $response.BuiltInCalls[0].Type web_search
    Assert-Smoke (Measure-ChatToken -Prompt 'one two' -Connection SmokeResponses).InputTokens 2
    Assert-Smoke ($response | Get-ChatResponse -IncludeMessage).Messages.Count 2
    $begun = Invoke-ChatCompletion -Prompt 'later' -AdditionalBody @{ background = $true } -Connection SmokeResponses
    $begun | Stop-ChatResponse
    Assert-Smoke ($begun | Get-ChatResponse).FinishReason cancelled
    $begun | Remove-ChatResponse

    Assert-Smoke (Invoke-ChatTextCompletion -Prompt 'hi' -Temperature 1.25 -Connection $name).Text 'You said: hi'

    $tool = New-ChatTool -Name smoke_tool -ScriptBlock { param([int] $I) "I is $I" }
    Assert-Smoke $tool.Name smoke_tool
    $called = Invoke-ChatCompletion -Prompt 'Please call smoke_tool.' -Tool $tool -AllowTool SMOKE_TOOL -Connection $name
    Assert-Smoke $called.ToolRounds 1
    Assert-Smoke ($called.ToolCalls[0].Output -like 'I is *') True

    $usage = Get-ChatUsage -Connection $name -Model *mini -PriceTable @{ 'sandbox-*' = 0, 1.5 }
    Assert-Smoke $usage.Failures 0
    Assert-Smoke ($usage.Cost -gt 0) True

    $request = @(Get-ChatSandboxRequest -Name $name | Where-Object { $_.Body -like '*"temperature":1.25*' })[0]
    Assert-Smoke $request.Prompt hi
    Assert-Smoke $request.Headers.Authorization 'Bearer ****'

    Assert-Smoke ('fine', 'I will KILL' | Test-ChatModeration -Connection $name).Flagged 'False True'
    Assert-Smoke (('fine', 'murder' | Where-Object { -not ($_ | Test-ChatModeration -Quiet -Connection $name) }) -join ',') fine
    Assert-Smoke (Test-ChatModeration -InputObject murder -Connection $name).Categories violence

    try {
        $failure = $null
        Invoke-ChatCompletion -Prompt 'x' -Model missing-model -Connection $name -ErrorAction Stop
    }
    catch {
        $failure = $_
    }

    Assert-Smoke ($failure.FullyQualifiedErrorId -split ',')[0] ModelNotFound

    Clear-ChatUsage -Connection $name
    Assert-Smoke (@(Get-ChatUsage -Connection $name).Count) 0

    $session = New-ChatSession -System 'Be brief.' -Connection $name -Parameter @{ Temperature = 0.5 }
    Assert-Smoke ('one', 'two' | Invoke-ChatCompletion -Session $session | Select-Object -Last 1).Messages.Count 5
    Limit-ChatSession -Session $session -MaxMessage 2
    $file = (New-TemporaryFile).FullName
    $session | Copy-ChatSession -Name Copy | Export-ChatSession -Path $file
    Assert-Smoke (Import-ChatSession -Path $file).Messages[0].Text two
    Set-Content -Path $file -Value 'Hello {{Name}}' -Encoding ascii
    Assert-Smoke (@{ Name = 'Ann' } | Invoke-ChatCompletion -PromptFile $file -Connection $name).Text 'You said: Hello Ann'
    Remove-Item -Path $file

    # Shown without any Format-* command.
    foreach ($object in $answer, $usage, $connection, $sandbox, $request, $failure) {
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
