BeforeDiscovery {
    $fields = @(
        @{ Parameter = 'ReasoningSummary'; Value = 'auto'; Member = 'reasoning'; Json = '{"summary":"auto"}' }
        @{ Parameter = 'ConversationId'; Value = 'conv_1'; Member = 'conversation'; Json = '"conv_1"' }
        @{ Parameter = 'BuiltInTool'; Value = 'web_search'; Member = 'tools'; Json = '[{"type":"web_search"}]' }
        @{ Parameter = 'BuiltInTool'; Value = 'code_interpreter', 'image_generation'; Member = 'tools'; Json = '[{"type":"code_interpreter","container":{"type":"auto"}},{"type":"image_generation"}]' }
        @{ Parameter = 'BuiltInTool'; Value = 'code_execution'; Member = 'tools'; Json = '[{"type":"code_interpreter","container":{"type":"auto"}}]' }
        @{ Parameter = 'BuiltInTool'; Value = [ordered]@{ type = 'file_search'; vector_store_ids = @('vs_1') }; Member = 'tools'; Json = '[{"type":"file_search","vector_store_ids":["vs_1"]}]' }
        @{ Parameter = 'WebSearchOption'; Value = @{ search_context_size = 'low' }; Member = 'tools'; Json = '[{"type":"web_search","search_context_size":"low"}]' }
        @{ Parameter = 'MaxTokens'; Value = 20; Member = 'max_output_tokens'; Json = '20' }
        @{ Parameter = 'ResponseFormat'; Value = 'text'; Member = 'text'; Json = '{"format":{"type":"text"}}' }
        @{ Parameter = 'System'; Value = 'Be brief.'; Member = 'instructions'; Json = '"Be brief."' }
        @{ Parameter = 'Store'; Value = $false; Member = 'store'; Json = 'false' }
    )

    $refused = @(
        @{ Parameter = 'N'; Value = 2 }
        @{ Parameter = 'Stop'; Value = '#' }
        @{ Parameter = 'Seed'; Value = 1 }
        @{ Parameter = 'LogitBias'; Value = @{ 1 = 1 } }
        @{ Parameter = 'PresencePenalty'; Value = 1 }
        @{ Parameter = 'Prediction'; Value = 'x' }
        @{ Parameter = 'BuiltInTool'; Value = 'file_search' }
        @{ Parameter = 'BuiltInTool'; Value = 'mcp' }
        @{ Parameter = 'BuiltInTool'; Value = @{ name = 'x' } }
        @{ Parameter = 'BuiltInTool'; Value = 7 }
    )
}

BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'The dialect Responses' {
    BeforeEach {
        Connect-TestSandbox -Connection @{ Dialect = 'Responses' }
    }

    It 'answers plainly and piece by piece' {
        $answer = Invoke-ChatCompletion 'Hello'
        $answer.Text | Should -BeExactly 'You said: Hello'
        $answer.FinishReason | Should -Be 'stop'
        (Get-TestRequest | Select-Object -Last 1).Path | Should -Be '/v1/responses'
        $updates = @(Invoke-ChatCompletion 'one two three' -Stream)
        $updates.Count | Should -BeGreaterThan 3
        -join $updates.Text | Should -BeExactly 'You said: one two three'
        $updates[-1].Completion.Usage.TotalTokens | Should -BeGreaterThan 0
    }

    It '-<Parameter> becomes <Member>: <Json>' -ForEach $fields {
        $more = @{ $Parameter = $Value }
        $null = Invoke-ChatCompletion hi @more
        Get-TestMember $Member | Should -BeExactly $Json
    }

    It 'refuses -<Parameter> <Value> before anything is sent' -ForEach $refused {
        $more = @{ $Parameter = $Value }
        $failure = Get-Failure { Invoke-ChatCompletion hi @more }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure.Exception.Message | Should -BeLike "*-$Parameter*"
        Get-Advice $failure | Should -Not -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'runs tools over several rounds' {
        $tool = New-ChatTool -Name lookup -ScriptBlock { param([string] $Name) "found $Name" }
        $answer = Invoke-ChatCompletion 'call lookup' -Tool $tool -ToolApproval Auto
        $answer.Text | Should -BeLike 'The tool answered: found *'
        $answer.ToolRounds | Should -Be 1
        ($answer | Invoke-ChatCompletion 'call lookup' -Tool $tool -ToolApproval Auto).Text | Should -BeLike 'The tool answered: found *'
    }

    It 'fills schemas' {
        (Invoke-ChatCompletion 'Which city?' -OutputSchema 'name, people int').people | Should -BeOfType int
    }

    It 'sends images' {
        $png = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==')
        (Invoke-ChatCompletion 'What is it?' -Image $png).Text | Should -BeExactly 'You said: What is it? [1 image]'
    }

    It 'goes on with an answer in full' {
        $answer = Invoke-ChatCompletion 'one' -ReasoningSummary auto | Invoke-ChatCompletion 'two'
        $answer.Messages.Text | Should -BeExactly 'one', 'You said: one', 'two', 'You said: two'
        (Get-TestBody).input.type | Should -Be 'message', 'reasoning', 'message', 'message'
    }

    It 'goes on from an answer that the service keeps, with the prompt alone' {
        $first = Invoke-ChatCompletion 'one'
        $second = Invoke-ChatCompletion 'two' -PreviousResponseId $first.Id
        $second.Text | Should -BeExactly 'You said: two'
        @((Get-TestBody).input).Count | Should -Be 1
        $second.Usage.InputTokens | Should -BeGreaterThan $first.Usage.InputTokens
        $null = $first | Invoke-ChatCompletion 'two' -PreviousResponseId $first.Id
        @((Get-TestBody).input).Count | Should -Be 1
    }

    It 'goes on with a conversation of the service' {
        (Invoke-ChatCompletion 'one' -ConversationId conv_7).ConversationId | Should -Be 'conv_7'
        (Invoke-ChatCompletion 'two' -ConversationId conv_7).Usage.InputTokens | Should -BeGreaterThan 1
    }

    It 'does not mix who keeps the conversation' {
        (Get-Failure { Invoke-ChatCompletion hi -PreviousResponseId a -ConversationId b }).Exception.Message | Should -BeLike '*-ConversationId*'
        (Get-Failure { Invoke-ChatCompletion hi -PreviousResponseId a -Session (New-ChatSession) }).Exception.Message | Should -BeLike '*-Session*'
    }

    It 'holds a conversation in a session' {
        $session = New-ChatSession
        'one', 'two' | Invoke-ChatCompletion -Session $session | ForEach-Object Text | Should -BeExactly 'You said: one', 'You said: two'
        @((Get-TestBody).input).Count | Should -Be 3
    }

    It 'tells what the tools of the service did' {
        $mcp = @{ type = 'mcp'; server_label = 'docs'; server_url = 'https://example.com/mcp'; require_approval = 'never' }
        $files = @{ type = 'file_search'; vector_store_ids = @('vs_1') }
        $answer = Invoke-ChatCompletion 'use web_search, use file_search, use code_interpreter, use image_generation, use mcp' -BuiltInTool web_search, $files, code_interpreter, image_generation, $mcp
        $answer.BuiltInCalls.Type | Should -Be 'web_search', 'file_search', 'code_interpreter', 'image_generation', 'mcp_list_tools', 'mcp'
        $answer.BuiltInCalls[0].Sources[0].Url | Should -Be 'https://example.com/sandbox'
        $answer.BuiltInCalls[1].Output | Should -Be 'A note of the sandbox.'
        $answer.BuiltInCalls[2].Input | Should -Be 'print(2 + 2)'
        $answer.BuiltInCalls[2].Output.Trim() | Should -Be '4'
        $answer.BuiltInCalls[3].Data[1..3] | Should -Be 80, 78, 71
        $answer.BuiltInCalls[5].Output | Should -Be 'found'
        $answer.Citations.Count | Should -Be 3
        $answer.Citations[1].FileId | Should -Be 'file-sandbox-1'
        ($answer | Invoke-ChatCompletion 'and then?').Text | Should -BeExactly 'You said: and then?'
    }

    It 'shows what the model thought' {
        (Invoke-ChatCompletion hi -ReasoningEffort low -ReasoningSummary auto).Reasoning | Should -Not -BeNullOrEmpty
        -join (Invoke-ChatCompletion hi -ReasoningSummary auto -Stream).Reasoning | Should -BeLike '*thinks*'
    }

    It 'waits for what is made in the background' {
        $answer = Invoke-ChatCompletion 'Hello' -Background
        $answer.Text | Should -BeExactly 'You said: Hello'
        (Get-TestRequest).Method | Should -Be 'POST', 'GET', 'GET'
    }

    It 'refuses to stream what is made in the background' {
        (Get-Failure { Invoke-ChatCompletion hi -Background -Stream }).Exception.Message | Should -BeLike '*-Background*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'understands errors' {
        (Get-Failure { Invoke-ChatCompletion hi -Model missing-model }).FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
        (Get-Failure { Invoke-ChatCompletion hi -PreviousResponseId resp_none }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'goes on from a checkpoint' {
        $path = Join-Path $TestDrive 'responses.jsonl'
        $first = 'one', 'two' | Invoke-ChatCompletion -CheckpointPath $path -ReasoningSummary auto
        $before = @(Get-TestRequest).Count
        $again = 'one', 'two' | Invoke-ChatCompletion -CheckpointPath $path -ReasoningSummary auto
        @(Get-TestRequest).Count | Should -Be $before
        $again.Text | Should -BeExactly $first.Text
        $again.Reasoning | Should -BeExactly $first.Reasoning
    }

    It 'offers to complete the names of tools and summaries' {
        (TabExpansion2 'Invoke-ChatCompletion hi -BuiltInTool web' -cursorColumn 41).CompletionMatches.CompletionText | Should -Contain 'web_search'
        (TabExpansion2 'Invoke-ChatCompletion hi -ReasoningSummary c' -cursorColumn 44).CompletionMatches.CompletionText | Should -Contain 'concise'
    }
}

Describe 'Other dialects' {
    It 'say that they have no place for -<_>' -ForEach 'BuiltInTool', 'PreviousResponseId', 'ConversationId', 'ReasoningSummary' {
        Connect-TestSandbox
        $more = @{ $_ = 'web_search' }
        $failure = Get-Failure { Invoke-ChatCompletion hi @more }
        $failure.Exception.Message | Should -BeLike "-$_*"
        @(Get-TestRequest).Count | Should -Be 0
    }
}
