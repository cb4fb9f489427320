BeforeAll {
    . $PSScriptRoot/common.ps1

    function Connect-Anthropic([hashtable] $Sandbox = @{}, [hashtable] $Connection = @{}) {
        Connect-TestSandbox -Sandbox $Sandbox -Connection (@{ Dialect = 'Anthropic' } + $Connection)
    }
}

AfterAll {
    Clear-Test
}

Describe 'The dialect Anthropic' {
    It 'answers a prompt' {
        Connect-Anthropic

        $answer = Invoke-ChatCompletion 'Hello' -System 'Be brief.' -TopK 5 -Stop '###' -User a1

        $answer.Text | Should -BeExactly 'You said: Hello'
        $answer.FinishReason | Should -BeExactly 'stop'
        $answer.Usage.TotalTokens | Should -BeGreaterThan 4
        (Get-TestRequest)[-1].Path | Should -BeExactly '/v1/messages'
        Get-TestMember max_tokens | Should -BeExactly '4096'
        Get-TestMember system | Should -BeExactly '[{"type":"text","text":"Be brief."}]'
        Get-TestMember top_k | Should -BeExactly '5'
        Get-TestMember stop_sequences | Should -BeExactly '["###"]'
        Get-TestMember metadata | Should -BeExactly '{"user_id":"a1"}'
    }

    It 'sends the key and the version in their headers' {
        Connect-Anthropic -Sandbox @{ RequireKey = 'sk-test-anthropic' } -Connection @{ ApiKey = 'sk-test-anthropic' }

        (Invoke-ChatCompletion 'Hello').Text | Should -BeExactly 'You said: Hello'
        $headers = (Get-TestRequest)[-1].Headers
        $headers['anthropic-version'] | Should -BeExactly '2023-06-01'
        $headers.Keys | Should -Contain 'x-api-key'
        $headers.Keys | Should -Not -Contain 'Authorization'
    }

    It 'speaks the newer version, which takes no sampling' {
        Connect-Anthropic -Connection @{ ApiVersion = '2026-10-21' }

        (Invoke-ChatCompletion 'Hello' -ReasoningEffort low).Text | Should -BeExactly 'You said: Hello'
        (Get-TestRequest)[-1].Headers['anthropic-version'] | Should -BeExactly '2026-10-21'
        $sent = @(Get-TestRequest).Count

        $failure = Get-Failure { Invoke-ChatCompletion 'Hello' -Temperature 1 }

        "$failure" | Should -BeLike '-Temperature: version 2026-10-21*'
        @(Get-TestRequest).Count | Should -Be $sent
        (Get-Failure { Invoke-ChatCompletion 'Hello' -AdditionalBody @{ top_k = 5 } }).ErrorDetails.RecommendedAction | Should -BeLike '*2026-10-21*-TopK*'
    }

    It 'goes on by itself where the service pauses<How>' -ForEach @{ How = ''; Stream = $false }, @{ How = ', streamed'; Stream = $true } {
        Connect-Anthropic

        $answer = Invoke-ChatCompletion 'use web_search and pause 2 times' -BuiltInTool web_search -Stream:$Stream | Select-Object -Last 1
        if ($Stream) {
            $answer = $answer.Completion
        }

        $answer.Text | Should -BeExactly 'You said: use web_search and pause 2 times'
        $answer.FinishReason | Should -BeExactly 'stop'
        $answer.BuiltInCalls.Count | Should -Be 2
        @(Get-TestRequest).Count | Should -Be 3
    }

    It 'counts tokens' {
        Connect-Anthropic

        $count = Measure-ChatToken 'one two three' -System 'Be brief.'

        $count.InputTokens | Should -Be 6
        $count.Estimated | Should -BeFalse
        (Get-TestRequest)[-1].Path | Should -BeExactly '/v1/messages/count_tokens'
    }

    It 'streams' {
        Connect-Anthropic

        $updates = @(Invoke-ChatCompletion 'one two three' -Stream)

        ($updates.Text -join '') | Should -BeExactly 'You said: one two three'
        $updates.Count | Should -BeGreaterThan 3
        $updates[-1].Completion.FinishReason | Should -BeExactly 'stop'
    }

    It 'shows the thoughts, and gives them back signed while tools run<How>' -ForEach @{ How = ''; Stream = $false }, @{ How = ', streamed'; Stream = $true } {
        Connect-Anthropic
        function Get-Weather([string] $City) { "4 C in $City" }

        $answer = Invoke-ChatCompletion 'call Get-Weather' -Tool Get-Weather -AllowTool Get-Weather -ThinkingBudget 2000 -Stream:$Stream | Select-Object -Last 1
        if ($Stream) {
            $answer = $answer.Completion
        }

        $answer.Text | Should -BeLike 'The tool answered: 4 C in *'
        $answer.ToolRounds | Should -Be 1
        $answer.Reasoning | Should -BeLike 'I am told: 4 C in *'
        Get-TestMember thinking | Should -BeExactly '{"type":"enabled","budget_tokens":2000}'
        Get-TestMember max_tokens | Should -BeExactly '6096'
        $sent = (Get-TestBody).messages
        $sent[1].content[0].type | Should -BeExactly 'thinking'
        $sent[1].content[0].signature | Should -BeLike 'sig_sandbox_*'
        $sent[2].content[0].type | Should -BeExactly 'tool_result'
    }

    It 'tells a tool that failed as failed' {
        Connect-Anthropic
        function Get-Trouble { throw 'no luck' }

        $null = Invoke-ChatCompletion 'call Get-Trouble' -Tool Get-Trouble -AllowTool Get-Trouble

        (Get-TestBody).messages[2].content[0].is_error | Should -BeTrue
    }

    It 'goes on with a conversation from file, thoughts included' {
        Connect-Anthropic
        $path = Join-Path $TestDrive 'anthropic.json'
        $session = New-ChatSession
        $null = Invoke-ChatCompletion 'one' -Session $session -ThinkingBudget 2000
        Export-ChatSession -Session $session -Path $path

        $again = Import-ChatSession -Path $path
        (Invoke-ChatCompletion 'two' -Session $again -ThinkingBudget 2000).Text | Should -BeExactly 'You said: two'

        (Get-TestBody).messages[1].content[0].type | Should -BeExactly 'thinking'
    }

    It 'answers as objects' {
        Connect-Anthropic

        $city = Invoke-ChatCompletion 'Which city?' -OutputSchema 'name, people int'

        $city.psobject.Properties.Name | Should -BeExactly 'name', 'people'
        (Get-TestBody).output_config.format.type | Should -BeExactly 'json_schema'
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'sees images' {
        Connect-Anthropic

        $pixel = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==')
        (Invoke-ChatCompletion 'What is it?' -Image $pixel).Text | Should -BeExactly 'You said: What is it? [1 image]'

        (Get-TestBody).messages[0].content[1].source.media_type | Should -BeExactly 'image/png'
    }

    It 'marks what is cached' {
        Connect-Anthropic

        $message = New-ChatMessage 'long'
        $message.Content[0].CacheBreakpoint = 'explicit'
        $null = Invoke-ChatCompletion -Message $message

        (Get-TestBody).messages[0].content[0].cache_control.type | Should -BeExactly 'ephemeral'
    }

    It 'runs the tool of the service that is called <Name>' -ForEach @(
        @{ Name = 'web_search'; Sent = 'web_search_20250305'; Type = 'web_search' }
        @{ Name = 'web_fetch'; Sent = 'web_fetch_20250910'; Type = 'web_fetch' }
        @{ Name = 'url_context'; Sent = 'web_fetch_20250910'; Type = 'web_fetch' }
        @{ Name = 'code_execution'; Sent = 'code_execution_20250825'; Type = 'bash_code_execution' }
        @{ Name = 'code_interpreter'; Sent = 'code_execution_20250825'; Type = 'bash_code_execution' }
    ) {
        Connect-Anthropic

        (Invoke-ChatCompletion "use $Name" -BuiltInTool $Name).BuiltInCalls.Type | Should -BeExactly $Type
        (Get-TestBody).tools[0].type | Should -BeExactly $Sent
        (Invoke-ChatCompletion 'hello' -BuiltInTool $Name).BuiltInCalls | Should -BeNullOrEmpty
    }

    It 'lists models' {
        Connect-Anthropic

        $models = Get-ChatModel

        $models.Id | Should -Contain 'sandbox-mini'
        ($models | Where-Object Id -eq sandbox-mini).DisplayName | Should -BeExactly 'Sandbox Mini'
        (Get-ChatModel sandbox-mini).Created.Year | Should -Be 2023
    }

    It '<Id> for status <Status>' -ForEach @(
        @{ Status = 401; Id = 'AuthenticationFailed' }
        @{ Status = 429; Id = 'RateLimited' }
        @{ Status = 529; Id = 'ServerError' }
    ) {
        Connect-Anthropic -Sandbox @{ Fault = @{ StatusCode = $Status } }

        (Get-Failure { Invoke-ChatCompletion 'Hello' }).FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'refuses -<Parameter> before anything is sent' -ForEach @(
        @{ Parameter = 'Seed'; Value = 1 }
        @{ Parameter = 'BuiltInTool'; Value = 'google_maps' }
        @{ Parameter = 'N'; Value = 2 }
        @{ Parameter = 'Temperature'; Value = 1.5 }
        @{ Parameter = 'ThinkingBudget'; Value = 100 }
        @{ Parameter = 'ResponseFormat'; Value = 'json_object' }
    ) {
        Connect-Anthropic
        $given = @{ $Parameter = $Value }

        $failure = Get-Failure { Invoke-ChatCompletion 'Hello' @given }

        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$failure" | Should -BeLike "-$Parameter*"
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'plays the version of the API that the sandbox is connected with' {
        $null = Connect-ChatService -Sandbox -Name Test -Dialect Anthropic -ApiVersion 2026-10-21
        $failure = Get-Failure { Invoke-ChatCompletion 'Hello' -Temperature 1 }
        "$failure" | Should -BeLike '*-Temperature*2026-10-21*'
    }
}
