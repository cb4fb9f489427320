BeforeAll {
    . $PSScriptRoot/common.ps1

    function Get-Body([int] $Index = -1) {
        @(Get-TestRequest)[$Index].Body | ConvertFrom-Json
    }

    function Get-Weather {
        <#
        .SYNOPSIS
        Tells the weather of a city.
        #>
        param([Parameter(Mandatory)] [string] $City)
        "It rains in $($City.Length) letters."
    }

    Connect-ChatService -Sandbox -Name Test -Dialect Gemini -MaxRetry 0 -TimeoutSec 30
}

AfterAll {
    Clear-Test
}

Describe 'Invoke-ChatCompletion with the dialect Gemini' {
    It 'asks and gets an answer' {
        $answer = Invoke-ChatCompletion 'hello' -System 'Be brief.' -Temperature 0.5 -TopP 0.9 -MaxCompletionTokens 50

        $answer.Text | Should -Be 'You said: hello'
        $answer.FinishReason | Should -Be 'stop'
        $answer.Usage.TotalTokens | Should -BeGreaterThan 0
        $request = @(Get-TestRequest)[-1]
        $request.Path | Should -Be '/v1beta/models/sandbox-mini:generateContent'
        $body = Get-Body
        $body.systemInstruction.parts.text | Should -Be 'Be brief.'
        $body.generationConfig.maxOutputTokens | Should -Be 50
        $body.generationConfig.topP | Should -Be 0.9
    }

    It 'streams' {
        $updates = @(Invoke-ChatCompletion 'one two three' -Stream)

        $updates.Count | Should -BeGreaterThan 3
        -join $updates.Text | Should -Be 'You said: one two three'
        @(Get-TestRequest)[-1].Path | Should -Be '/v1beta/models/sandbox-mini:streamGenerateContent'
    }

    It 'goes on by itself where the service pauses<How>' -ForEach @{ How = ''; Stream = $false }, @{ How = ', streamed'; Stream = $true } {
        $before = @(Get-TestRequest).Count

        $answer = Invoke-ChatCompletion 'say it all and pause 2 times' -Stream:$Stream | Select-Object -Last 1
        if ($Stream) {
            $answer = $answer.Completion
        }

        $answer.Text | Should -Be 'You said: say it all and pause 2 times'
        $answer.FinishReason | Should -Be 'stop'
        @(Get-TestRequest).Count | Should -Be ($before + 3)
    }

    It 'counts tokens' {
        (Measure-ChatToken 'one two three').InputTokens | Should -Be 3
        (Measure-ChatToken 'one two three' -System 'Be brief.').InputTokens | Should -Be 6
        @(Get-TestRequest)[-1].Path | Should -Be '/v1beta/models/sandbox-mini:countTokens'
    }

    It 'takes models with their collection' {
        (Invoke-ChatCompletion 'hello' -Model models/gemini-x).Model | Should -Be 'gemini-x'
    }

    It 'gives several answers' {
        (Invoke-ChatCompletion 'hi' -N 2).Choices.Text | Should -Be 'You said: hi', 'You said: hi (choice 2)'
    }

    It 'runs tools in several rounds, and keeps what the model signed' {
        $first = Invoke-ChatCompletion 'call Get-Weather' -Tool Get-Weather -AllowTool Get-Weather -ReasoningEffort low
        $second = $first | Invoke-ChatCompletion -Prompt 'call Get-Weather' -Tool Get-Weather -AllowTool Get-Weather -ReasoningEffort low

        $first.Text | Should -BeLike 'The tool answered: It rains*'
        $first.Reasoning | Should -Not -BeNullOrEmpty
        $second.ToolRounds | Should -Be 1
        $second.Messages.Count | Should -Be 8
    }

    It 'fills objects' {
        $city = Invoke-ChatCompletion 'Which city?' -OutputSchema 'name, size (1|2|3)'

        $city.name | Should -BeOfType string
        (Get-Body).generationConfig.responseMimeType | Should -Be 'application/json'
    }

    It 'sends images' {
        $pixel = Join-Path $TestDrive pixel.png
        [IO.File]::WriteAllBytes($pixel, [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='))

        (Invoke-ChatCompletion 'What is it?' -Image $pixel).Text | Should -Be 'You said: What is it? [1 image]'
        (Get-Body).contents[0].parts[1].inlineData.mimeType | Should -Be 'image/png'
    }

    It 'adds to the configuration with -AdditionalBody' {
        $null = Invoke-ChatCompletion 'hello' -Temperature 0.5 -AdditionalBody @{ generationConfig = @{ mediaResolution = 'MEDIA_RESOLUTION_LOW' } }

        $config = (Get-Body).generationConfig
        $config.temperature | Should -Be 0.5
        $config.mediaResolution | Should -Be 'MEDIA_RESOLUTION_LOW'
    }

    It 'refuses <Name> before anything is sent' -ForEach @(
        @{ Name = '-LogitBias'; Value = @{ LogitBias = @{ 50256 = -100 } } }
        @{ Name = '-Store'; Value = @{ Store = $true } }
        @{ Name = '-User'; Value = @{ User = 'u' } }
        @{ Name = '-Verbosity'; Value = @{ Verbosity = 'low' } }
    ) {
        $before = @(Get-TestRequest).Count

        { Invoke-ChatCompletion 'hello' @Value -ErrorAction Stop } | Should -Throw "$($Name):*" -ErrorId 'InvalidRequest,*'
        @(Get-TestRequest).Count | Should -Be $before
    }

    It 'runs the tool of the service that is called <Name>' -ForEach @(
        @{ Name = 'web_search'; Member = 'googleSearch'; Type = 'google_search' }
        @{ Name = 'google_search'; Member = 'googleSearch'; Type = 'google_search' }
        @{ Name = 'code_interpreter'; Member = 'codeExecution'; Type = 'code_execution' }
        @{ Name = 'code_execution'; Member = 'codeExecution'; Type = 'code_execution' }
        @{ Name = 'web_fetch'; Member = 'urlContext'; Type = 'url_context' }
        @{ Name = 'url_context'; Member = 'urlContext'; Type = 'url_context' }
    ) {
        $answer = Invoke-ChatCompletion "use $Name" -BuiltInTool $Name

        $answer.BuiltInCalls.Type | Should -Be $Type
        (Get-Body).tools[0].PSObject.Properties.Name | Should -Be $Member
        (Invoke-ChatCompletion 'hello' -BuiltInTool $Name).BuiltInCalls | Should -BeNullOrEmpty
    }

    It 'refuses a tool of the service that it does not know, and sends it as a hashtable' {
        $before = @(Get-TestRequest).Count

        { Invoke-ChatCompletion 'hello' -BuiltInTool new_tool -ErrorAction Stop } | Should -Throw "-BuiltInTool: 'new_tool' *google_search, web_search, *" -ErrorId 'InvalidRequest,*'
        @(Get-TestRequest).Count | Should -Be $before
        { Invoke-ChatCompletion 'hello' -BuiltInTool @{ type = 'new_tool' } -ErrorAction Stop } | Should -Throw '*newTool*'
        @(Get-TestRequest).Count | Should -Be ($before + 1)
    }

    It 'knows a missing model' {
        { Invoke-ChatCompletion 'hello' -Model missing -ErrorAction Stop } | Should -Throw -ErrorId 'ModelNotFound,*'
    }

    It 'lists models' {
        (Get-ChatModel).Id | Should -Contain 'sandbox-mini'
        (Get-ChatModel sandbox-mini).Raw | Should -BeLike '*"models/sandbox-mini"*'
    }

    It 'goes on with a session that was read from a file' {
        $path = Join-Path $TestDrive gemini.json
        $session = New-ChatSession -Name gemini
        $null = Invoke-ChatCompletion 'one' -Session $session -ReasoningEffort low
        $session | Export-ChatSession -Path $path
        $read = Import-ChatSession -Path $path

        (Invoke-ChatCompletion 'two' -Session $read).Text | Should -Be 'You said: two'
        (Get-Body).contents.role | Should -Be 'user', 'model', 'user'
    }
}
