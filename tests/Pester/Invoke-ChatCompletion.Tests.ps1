BeforeDiscovery {
    $tool = [ordered]@{ type = 'function'; function = [ordered]@{ name = 'lookup'; description = 'Looks up.' } }
    $toolJson = '{"type":"function","function":{"name":"lookup","description":"Looks up."}}'

    # Each parameter, its value, and the member of the request that it becomes.
    $fields = @(
        @{ Parameter = 'Model'; Value = 'sandbox-large'; Member = 'model'; Json = '"sandbox-large"' }
        @{ Parameter = 'Temperature'; Value = 0.5; Member = 'temperature'; Json = '0.5' }
        @{ Parameter = 'Temperature'; Value = 0; Member = 'temperature'; Json = '0' }
        @{ Parameter = 'TopP'; Value = 0.25; Member = 'top_p'; Json = '0.25' }
        @{ Parameter = 'N'; Value = 2; Member = 'n'; Json = '2' }
        @{ Parameter = 'MaxTokens'; Value = 7; Member = 'max_tokens'; Json = '7' }
        @{ Parameter = 'MaxCompletionTokens'; Value = 8; Member = 'max_completion_tokens'; Json = '8' }
        @{ Parameter = 'Stop'; Value = '###'; Member = 'stop'; Json = '["###"]' }
        @{ Parameter = 'Stop'; Value = '###', 'END'; Member = 'stop'; Json = '["###","END"]' }
        @{ Parameter = 'PresencePenalty'; Value = -1.5; Member = 'presence_penalty'; Json = '-1.5' }
        @{ Parameter = 'FrequencyPenalty'; Value = 1.5; Member = 'frequency_penalty'; Json = '1.5' }
        @{ Parameter = 'LogitBias'; Value = @{ 50256 = -100 }; Member = 'logit_bias'; Json = '{"50256":-100}' }
        @{ Parameter = 'LogProbs'; Value = $true; Member = 'logprobs'; Json = 'true' }
        @{ Parameter = 'TopLogProbs'; Value = 3; Member = 'top_logprobs'; Json = '3' }
        @{ Parameter = 'Seed'; Value = 9007199254740993; Member = 'seed'; Json = '9007199254740993' }
        @{ Parameter = 'ResponseFormat'; Value = 'json_object'; Member = 'response_format'; Json = '{"type":"json_object"}' }
        @{
            Parameter = 'ResponseFormat'; Member = 'response_format'; Json = '{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}}'
            Value = [ordered]@{ type = 'json_schema'; json_schema = [ordered]@{ name = 'answer'; schema = @{ type = 'object' } } }
        }
        @{ Parameter = 'Tool'; Value = $tool; Member = 'tools'; Json = "[$toolJson]" }
        @{ Parameter = 'Tool'; Value = [pscustomobject]$tool; Member = 'tools'; Json = "[$toolJson]" }
        @{ Parameter = 'ToolChoice'; Value = 'required'; Member = 'tool_choice'; Json = '"required"'; With = @{ Tool = $tool } }
        @{ Parameter = 'ToolChoice'; Value = 'lookup'; Member = 'tool_choice'; Json = '{"type":"function","function":{"name":"lookup"}}'; With = @{ Tool = $tool } }
        @{ Parameter = 'ParallelToolCall'; Value = $false; Member = 'parallel_tool_calls'; Json = 'false'; With = @{ Tool = $tool } }
        @{ Parameter = 'Function'; Value = $tool.function; Member = 'functions'; Json = '[{"name":"lookup","description":"Looks up."}]' }
        @{ Parameter = 'FunctionCall'; Value = 'lookup'; Member = 'function_call'; Json = '{"name":"lookup"}'; With = @{ Function = $tool.function } }
        @{ Parameter = 'FunctionCall'; Value = 'none'; Member = 'function_call'; Json = '"none"'; With = @{ Function = $tool.function } }
        @{ Parameter = 'ReasoningEffort'; Value = 'low'; Member = 'reasoning_effort'; Json = '"low"' }
        @{ Parameter = 'TopK'; Value = 40; Member = 'top_k'; Json = '40' }
        @{ Parameter = 'Verbosity'; Value = 'high'; Member = 'verbosity'; Json = '"high"' }
        @{ Parameter = 'Modality'; Value = 'text', 'audio'; Member = 'modalities'; Json = '["text","audio"]'; With = @{ Audio = @{ voice = 'alloy'; format = 'wav' } } }
        @{ Parameter = 'Audio'; Value = [ordered]@{ voice = 'alloy'; format = 'wav' }; Member = 'audio'; Json = '{"voice":"alloy","format":"wav"}' }
        @{ Parameter = 'Prediction'; Value = 'likely'; Member = 'prediction'; Json = '{"type":"content","content":"likely"}' }
        @{ Parameter = 'WebSearchOption'; Value = @{ search_context_size = 'low' }; Member = 'web_search_options'; Json = '{"search_context_size":"low"}' }
        @{ Parameter = 'WebSearchOption'; Value = @{}; Member = 'web_search_options'; Json = '{}' }
        @{ Parameter = 'Moderation'; Value = @{ model = 'omni-moderation-latest' }; Member = 'moderation'; Json = '{"model":"omni-moderation-latest"}' }
        @{ Parameter = 'ServiceTier'; Value = 'flex'; Member = 'service_tier'; Json = '"flex"' }
        @{ Parameter = 'Store'; Value = $true; Member = 'store'; Json = 'true' }
        @{ Parameter = 'Store'; Value = $false; Member = 'store'; Json = 'false' }
        @{ Parameter = 'Metadata'; Value = @{ run = 7 }; Member = 'metadata'; Json = '{"run":"7"}' }
        @{ Parameter = 'PromptCacheKey'; Value = 'tour'; Member = 'prompt_cache_key'; Json = '"tour"' }
        @{ Parameter = 'PromptCacheRetention'; Value = '24h'; Member = 'prompt_cache_retention'; Json = '"24h"' }
        @{ Parameter = 'PromptCacheOption'; Value = @{ mode = 'explicit' }; Member = 'prompt_cache_options'; Json = '{"mode":"explicit"}' }
        @{ Parameter = 'SafetyIdentifier'; Value = 'a1b2'; Member = 'safety_identifier'; Json = '"a1b2"' }
        @{ Parameter = 'User'; Value = 'a1b2'; Member = 'user'; Json = '"a1b2"' }
        @{ Parameter = 'Stream'; Value = $true; Member = 'stream'; Json = 'true' }
        @{ Parameter = 'IncludeObfuscation'; Value = $false; Member = 'stream_options'; Json = '{"include_usage":true,"include_obfuscation":false}'; With = @{ Stream = $true } }
    )

    $outOfRange = @(
        @{ Parameter = 'Temperature'; Value = 3 }
        @{ Parameter = 'Temperature'; Value = [double]::NaN }
        @{ Parameter = 'TopP'; Value = 1.1 }
        @{ Parameter = 'N'; Value = 0 }
        @{ Parameter = 'MaxTokens'; Value = 0 }
        @{ Parameter = 'MaxCompletionTokens'; Value = -1 }
        @{ Parameter = 'PresencePenalty'; Value = 2.5 }
        @{ Parameter = 'FrequencyPenalty'; Value = -2.5 }
        @{ Parameter = 'TopLogProbs'; Value = 21 }
        @{ Parameter = 'TopK'; Value = 0 }
        @{ Parameter = 'ThinkingBudget'; Value = -1 }
        @{ Parameter = 'LogitBias'; Value = @{ 1 = 101 } }
        @{ Parameter = 'LogitBias'; Value = @{ 1 = 'much' } }
        @{ Parameter = 'Stop'; Value = 'a', 'b', 'c', 'd', 'e' }
        @{ Parameter = 'TimeoutSec'; Value = 0 }
        @{ Parameter = 'MaxRetry'; Value = -1 }
        @{ Parameter = 'AdditionalHeader'; Value = @{ 'X-Two' = "lines`nhere" } }
        @{ Parameter = 'AdditionalHeader'; Value = @{ 'not a name' = 'x' } }
    )
}

BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Invoke-ChatCompletion: what is asked' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'takes the prompt at position 0' {
        (Invoke-ChatCompletion 'Hello').Text | Should -BeExactly 'You said: Hello'
        Get-TestMember messages | Should -BeExactly '[{"role":"user","content":"Hello"}]'
    }

    It 'takes a piped string as the prompt, each in a request of its own and in order' {
        'one', 'two', 'three' | Invoke-ChatCompletion | ForEach-Object Text |
            Should -BeExactly 'You said: one', 'You said: two', 'You said: three'
        @(Get-TestRequest).Count | Should -Be 3
    }

    It 'takes a piped string as what -Prompt is about' {
        'one', 'two' | Invoke-ChatCompletion -Prompt 'Translate' | ForEach-Object Text |
            Should -BeExactly "You said: Translate`n`none", "You said: Translate`n`ntwo"
    }

    It 'takes the prompt from a column of a table' {
        "Prompt,Note`none,1`ntwo,2" | ConvertFrom-Csv | Invoke-ChatCompletion | ForEach-Object Text |
            Should -BeExactly 'You said: one', 'You said: two'
    }

    It 'leaves columns that are named like other parameters alone' {
        "Prompt,Model,System,Temperature`none,wrong,wrong,2" | ConvertFrom-Csv | Invoke-ChatCompletion | ForEach-Object Model |
            Should -BeExactly 'sandbox-mini'
        Get-TestMember messages | Should -BeExactly '[{"role":"user","content":"one"}]'
        Get-TestMember temperature | Should -BeExactly ''
    }

    It 'takes the prompt from a delay-bind script block' {
        [pscustomobject]@{ Name = 'Ann' }, [pscustomobject]@{ Name = 'Bob' } |
            Invoke-ChatCompletion -Prompt { "Greet $($_.Name)" } | ForEach-Object Text |
            Should -BeExactly 'You said: Greet Ann', 'You said: Greet Bob'
    }

    It 'takes the prompt from a delay-bind script block over strings, without adding them' {
        'Ann' | Invoke-ChatCompletion -Prompt { "Greet $_" } | ForEach-Object Text | Should -BeExactly 'You said: Greet Ann'
    }

    It 'sends letters of all scripts as they are' {
        $text = -join [char[]](0x7ED9, 0x6211, 0xD83D, 0xDE00, 0x0130, 0x0E01)
        (Invoke-ChatCompletion $text).Text | Should -BeExactly "You said: $text"
        (Invoke-ChatCompletion $text -Stream | Select-Object -Last 1).Completion.Text | Should -BeExactly "You said: $text"
    }

    It 'asks the model that is piped' {
        $answers = Get-ChatModel sandbox-* | Invoke-ChatCompletion -Prompt 'hi'
        $answers.Model | Should -Be 'sandbox-mini', 'sandbox-large', 'sandbox-instruct'
        $answers.Text | Should -Be ('You said: hi', 'You said: hi', 'You said: hi')
        $answers[0].Input | Should -BeOfType ChatPS.ChatModel
    }

    It 'lets -Model win over the model that is piped' {
        (Get-ChatModel sandbox-large | Invoke-ChatCompletion hi -Model sandbox-mini).Model | Should -Be 'sandbox-mini'
    }

    It 'asks a piped model of another connection where it comes from' {
        $other = Start-ChatSandbox -Name Other -Model other-model
        Connect-ChatService $other.BaseUri -Name Other
        Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Test -Model sandbox-mini
        (Get-ChatModel -Connection Other | Invoke-ChatCompletion hi).Connection | Should -Be 'Other'
        Disconnect-ChatService Other
        Stop-ChatSandbox Other
    }

    It 'continues the conversation that is piped' {
        $first = Invoke-ChatCompletion 'one' -System 'Be brief'
        $second = $first | Invoke-ChatCompletion 'two'
        Get-TestMember messages | Should -BeExactly ('[{"role":"system","content":"Be brief"},{"role":"user","content":"one"},' +
            '{"role":"assistant","content":"You said: one"},{"role":"user","content":"two"}]')
        $second | Invoke-ChatCompletion 'three' | ForEach-Object { $_.Messages.Count } | Should -Be 7
        $first.Messages.Count | Should -Be 3 -Because 'an answer does not change when it is continued'
    }

    It 'continues from the last update of a stream' {
        Invoke-ChatCompletion 'one' -Stream | Select-Object -Last 1 | Invoke-ChatCompletion 'two' | ForEach-Object { $_.Messages.Count } | Should -Be 4
    }

    It 'attaches a text file under its name' {
        $file = Join-Path $TestDrive 'notes.txt'
        Set-Content $file 'line one' -NoNewline
        $null = Get-Item $file | Invoke-ChatCompletion 'Summarise'
        $content = (Get-TestBody).messages[0].content
        $content | Should -BeLike '*Summarise*'
        $content | Should -BeLike '*File notes.txt:*line one*'
    }

    It 'attaches an image by what it holds, whatever it is called' {
        $file = New-TestFile (Join-Path $TestDrive 'picture.txt') png
        $null = $file | Invoke-ChatCompletion 'What is this?'
        $parts = (Get-TestBody).messages[0].content
        $parts.type | Should -Be 'text', 'image_url'
        $parts[0].text | Should -BeExactly 'What is this?'
        $parts[1].image_url.url | Should -BeLike 'data:image/png;base64,iVBOR*'
    }

    It 'attaches a PDF' {
        $null = New-TestFile (Join-Path $TestDrive 'paper.pdf') pdf | Invoke-ChatCompletion 'Summarise'
        $part = (Get-TestBody).messages[0].content[1]
        $part.type | Should -Be 'file'
        $part.file.filename | Should -Be 'paper.pdf'
        $part.file.file_data | Should -BeLike 'data:application/pdf;base64,*'
    }

    It 'renders <What> as compact JSON after the prompt' -ForEach @(
        @{ What = 'a hashtable'; Item = @{ Name = 'Ann' }; Json = '{"Name":"Ann"}' }
        @{ What = 'an ordered dictionary'; Item = [ordered]@{ B = 1; A = $null }; Json = '{"B":1,"A":null}' }
        @{ What = 'a custom object'; Item = [pscustomobject]@{ Name = 'Ann'; Tags = 'a', 'b'; Inner = @{ Deep = $true } }; Json = '{"Name":"Ann","Tags":["a","b"],"Inner":{"Deep":true}}' }
        @{ What = 'a number'; Item = 42; Json = '42' }
        @{ What = 'a date'; Item = [datetime]'2024-02-29T12:00:00Z'; Json = $null }
    ) {
        $null = $Item | Invoke-ChatCompletion 'Explain'
        $content = (Get-TestRequest | Select-Object -Last 1).Prompt
        if ($Json) {
            $content | Should -BeExactly "Explain`n`n$Json"
        }
        else {
            $content | Should -BeLike "Explain`n`n""2024-02-29T*"
        }
    }

    It 'renders a process as the few properties that PowerShell shows' {
        $null = Get-Process -Id $PID | Invoke-ChatCompletion 'Explain'
        $json = (Get-TestRequest).Prompt -replace '^Explain\s+'
        $json.Length | Should -BeLessThan 2000
        ($json | ConvertFrom-Json).Id | Should -Be $PID
    }

    It 'renders XML as XML' {
        $null = [xml] '<a><b>1</b></a>' | Invoke-ChatCompletion 'Explain'
        (Get-TestRequest).Prompt | Should -BeLike '*<a><b>1</b></a>*'
    }

    It 'renders a row of a table as its columns' {
        $table = [Data.DataTable]::new()
        $null = $table.Columns.Add('Name'), $table.Columns.Add('Age', [int])
        $null = $table.Rows.Add('Ann', 42)
        $null = $table.Rows[0] | Invoke-ChatCompletion 'Explain'
        (Get-TestRequest).Prompt | Should -BeExactly "Explain`n`n{""Name"":""Ann"",""Age"":42}"
    }

    It 'renders a folder without what its provider added' {
        $null = Get-Item $TestDrive | Invoke-ChatCompletion 'Explain'
        (Get-TestRequest).Prompt | Should -Not -BeLike '*PSDrive*'
        ((Get-TestRequest).Prompt -replace '^Explain\s+' | ConvertFrom-Json).FullName | Should -Be (Get-Item $TestDrive).FullName
    }

    It 'renders objects that have a property without any form in JSON' {
        { Get-Command Get-Item | Invoke-ChatCompletion 'Explain' -ErrorAction Stop } | Should -Not -Throw
    }

    It 'takes lines of a file as text, although a provider decorated them' {
        $file = Join-Path $TestDrive 'lines.txt'
        Set-Content $file 'one', 'two'
        (Get-Content $file | Invoke-ChatCompletion).Text | Should -BeExactly 'You said: one', 'You said: two'
    }

    It 'asks nothing where nothing is piped' {
        @() | Invoke-ChatCompletion 'Summarise' | Should -BeNullOrEmpty
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'renders what PSCustomObject columns carry besides a prompt column only when asked' {
        $null = [pscustomobject]@{ Prompt = 'hi'; Secret = 'x' } | Invoke-ChatCompletion
        Get-TestMember messages | Should -BeExactly '[{"role":"user","content":"hi"}]'
    }

    It 'says what was answered in Input' {
        ('a' | Invoke-ChatCompletion).Input | Should -BeExactly 'a'
        (Invoke-ChatCompletion 'b').Input | Should -BeExactly 'b'
        $row = [pscustomobject]@{ Prompt = 'c'; Id = 7 }
        ($row | Invoke-ChatCompletion).Input.Id | Should -Be 7
    }

    It 'puts all items into one request with -Aggregate' {
        $answer = 'one', 'two' | Invoke-ChatCompletion 'Compare' -Aggregate
        @(Get-TestRequest).Count | Should -Be 1
        (Get-TestRequest).Prompt | Should -BeExactly "Compare`n`none`n`ntwo"
        @($answer).Count | Should -Be 1
        $answer.Input | Should -Be 'one', 'two'
    }

    It 'puts objects into one JSON array, and files beside them, with -Aggregate' {
        $file = New-TestFile (Join-Path $TestDrive 'one.png') png
        $null = @{ A = 1 }, @{ A = 2 }, $file | Invoke-ChatCompletion 'Compare' -Aggregate
        $parts = (Get-TestBody).messages[0].content
        $parts.type | Should -Be 'text', 'image_url'
        $parts[0].text | Should -BeExactly "Compare`n`n[{""A"":1},{""A"":2}]"
    }
}

Describe 'Invoke-ChatCompletion -Message' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'takes objects, hashtables and strings in one conversation' {
        $null = Invoke-ChatCompletion -Message (New-ChatMessage 'Be brief' system), @{ role = 'user'; content = 'one' },
            ([pscustomobject]@{ Role = 'assistant'; Content = 'two' }), 'three'
        Get-TestMember messages | Should -BeExactly ('[{"role":"system","content":"Be brief"},{"role":"user","content":"one"},' +
            '{"role":"assistant","content":"two"},{"role":"user","content":"three"}]')
    }

    It 'takes parts as the service writes them' {
        $null = Invoke-ChatCompletion -Message @{
            role = 'user'
            content = @{ type = 'text'; text = 'see' }, @{ type = 'image_url'; image_url = @{ url = 'https://example.com/a.png'; detail = 'low' } }
        }
        $parts = (Get-TestBody).messages[0].content
        $parts[0].text | Should -Be 'see'
        $parts[1].image_url.url | Should -Be 'https://example.com/a.png'
        $parts[1].image_url.detail | Should -Be 'low'
    }

    It 'takes the answer of a tool' {
        $tool = @{ type = 'function'; function = @{ name = 'lookup' } }
        $first = Invoke-ChatCompletion 'call lookup' -Tool $tool
        $first.FinishReason | Should -Be 'tool_calls'
        $first.ToolCalls[0].Name | Should -Be 'lookup'
        $answer = Invoke-ChatCompletion -Message ($first.Messages + @(@{ role = 'tool'; tool_call_id = $first.ToolCalls[0].Id; content = '42' })) -Tool $tool
        $answer.Text | Should -BeExactly 'The tool answered: 42'
    }

    It 'takes a finished conversation' {
        $first = Invoke-ChatCompletion 'one'
        (Invoke-ChatCompletion -Message $first, 'two').Messages.Count | Should -Be 4
    }

    It 'asks the model that is piped' {
        (Get-ChatModel sandbox-large | Invoke-ChatCompletion -Message 'hi').Model | Should -Be 'sandbox-large'
    }

    It 'puts -System first, in place of another' {
        $null = Invoke-ChatCompletion -Message @{ role = 'system'; content = 'old' }, 'hi' -System 'new'
        Get-TestMember messages | Should -BeExactly '[{"role":"system","content":"new"},{"role":"user","content":"hi"}]'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an unknown role'; Message = @{ role = 'robot'; content = 'hi' }; Like = '*robot*' }
        @{ What = 'a message without a role'; Message = @{ content = 'hi' }; Like = '*role*' }
        @{ What = 'a member that is misspelt'; Message = @{ role = 'user'; contnet = 'hi' }; Like = '*contnet*' }
        @{ What = 'a number'; Message = 42; Like = '*Int32*' }
        @{ What = 'an empty message'; Message = @{ role = 'user'; content = '' }; Like = '*empty*' }
    ) {
        $failure = @(Get-Failure { Invoke-ChatCompletion -Message $Message })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].Exception.Message | Should -BeLike $Like
        Get-TestRequest | Should -BeNullOrEmpty
    }
}

Describe 'Invoke-ChatCompletion: the fields of the request' {
    BeforeAll {
        Connect-TestSandbox
    }

    It '-<Parameter> becomes <Member>: <Json>' -ForEach $fields {
        $more = if ($_.ContainsKey('With')) { $With } else { @{} }
        $more[$Parameter] = $Value
        $null = Invoke-ChatCompletion hi @more
        Get-TestMember $Member | Should -BeExactly $Json
    }

    It 'sends nothing that was not asked for' {
        $null = Invoke-ChatCompletion hi
        (Get-TestBody).psobject.Properties.Name | Sort-Object | Should -Be 'messages', 'model'
    }

    It 'has a parameter for every field of the official description' -ForEach @{ Tested = @($fields.Member) } {
        $official = -split @'
            messages model modalities verbosity reasoning_effort max_completion_tokens frequency_penalty presence_penalty web_search_options
            top_logprobs response_format audio store moderation stream stop logit_bias logprobs max_tokens n prediction seed stream_options tools
            tool_choice parallel_tool_calls function_call functions metadata temperature top_p user safety_identifier prompt_cache_key
            prompt_cache_retention prompt_cache_options service_tier
'@
        $official | Where-Object { $_ -notin (@($Tested) + 'messages') } | Should -BeNullOrEmpty
    }

    It 'has each of its parameters among these tests' -ForEach @{ Tested = @($fields.Parameter) } {
        $common = [Management.Automation.PSCmdlet]::CommonParameters
        $shared = 'ThinkingBudget', 'OutputType', 'OutputSchema', 'SchemaMode', 'RepairAttempt', 'KeepCompletion', 'Merge', 'Image', 'ImageDetail', 'Attachment', 'FileId', 'AudioPath', 'NoClobber', 'BuiltInTool', 'ReasoningSummary', 'PreviousResponseId', 'ConversationId', 'Background', 'Session', 'PromptFile', 'Variable', 'AllowTool', 'ToolApproval', 'MaxToolRound', 'MaxToolCall', 'WhatIf', 'Confirm'
        $shared += 'Property', 'FromRow', 'ThrottleLimit', 'MaxFailure', 'AsCompleted', 'AsJob', 'AsBatch', 'BatchPath', 'CheckpointPath', 'CheckpointMode', 'FallbackModel', 'FallbackOn', 'PriceTable', 'MaxTotalToken', 'MaxCost', 'Prompt', 'InputObject', 'Message', 'Aggregate', 'System', 'Show', 'Connection', 'TimeoutSec', 'MaxRetry', 'AdditionalBody', 'AdditionalHeader', 'AdditionalQuery'
        (Get-Command Invoke-ChatCompletion).Parameters.Keys | Where-Object { $_ -notin ($common + $shared + $Tested) } | Should -BeNullOrEmpty
    }

    It 'sends -AdditionalBody, -AdditionalHeader and -AdditionalQuery' {
        $null = Invoke-ChatCompletion hi -AdditionalBody @{ seen = 7; temperature = 1 } -AdditionalHeader @{ 'X-Vendor' = 'yes' } -AdditionalQuery @{ 'api-version' = 'a b' }
        Get-TestMember seen | Should -BeExactly '7'
        Get-TestMember temperature | Should -BeExactly '1'
        $request = Get-TestRequest | Select-Object -Last 1
        $request.Headers['x-vendor'] | Should -Be 'yes'
        $request.Query | Should -BeIn 'api-version=a%20b', 'api-version=a+b'
    }

    It 'lets -AdditionalBody win, and keeps nested values whole' {
        $null = Invoke-ChatCompletion hi -Temperature 0.5 -AdditionalBody ([ordered]@{ temperature = 1; vendor = [ordered]@{ deep = @{ er = 1, @(2, $null) } } })
        Get-TestMember temperature | Should -BeExactly '1'
        Get-TestMember vendor | Should -BeExactly '{"deep":{"er":[1,[2,null]]}}'
    }

    It 'puts -System before the prompt' {
        $null = Invoke-ChatCompletion hi -System 'Be brief'
        Get-TestMember messages | Should -BeExactly '[{"role":"system","content":"Be brief"},{"role":"user","content":"hi"}]'
    }
}

Describe 'Invoke-ChatCompletion: the answer' {
    BeforeAll {
        Connect-TestSandbox
    }

    It 'carries text, usage, times, ids and the JSON as it came' {
        $answer = Invoke-ChatCompletion 'Hello world'
        $answer | Should -BeOfType ChatPS.ChatCompletion
        "$answer" | Should -BeExactly 'You said: Hello world'
        $answer.FinishReason | Should -Be 'stop'
        $answer.Usage.InputTokens | Should -Be 2
        $answer.Usage.OutputTokens | Should -BeGreaterThan 0
        $answer.Usage.TotalTokens | Should -Be ($answer.Usage.InputTokens + $answer.Usage.OutputTokens)
        $answer.Id | Should -BeLike 'chatcmpl*'
        $answer.Model | Should -Be 'sandbox-mini'
        $answer.Created.Offset | Should -Be ([timespan]::Zero)
        ([datetimeoffset]::UtcNow - $answer.Created).TotalMinutes | Should -BeLessThan 2
        $answer.Elapsed | Should -BeGreaterThan ([timespan]::Zero)
        $answer.RequestId | Should -BeLike 'req_sandbox_*'
        $answer.Connection | Should -Be 'Test'
        ($answer.Raw | ConvertFrom-Json).choices[0].message.content | Should -Be 'You said: Hello world'
        $answer.Message.Role | Should -Be 'assistant'
    }

    It 'has every choice with -N' {
        $answer = Invoke-ChatCompletion hi -N 3
        $answer.Choices.Text | Should -BeExactly 'You said: hi', 'You said: hi (choice 2)', 'You said: hi (choice 3)'
        $answer.Choices.Index | Should -Be 0, 1, 2
        $answer.Text | Should -BeExactly $answer.Choices[0].Text
    }

    It 'says that it was cut' {
        (Invoke-ChatCompletion 'one two three four' -MaxTokens 3).FinishReason | Should -Be 'length'
    }

    It 'has the probability of each token' {
        $probs = (Invoke-ChatCompletion 'hi' -TopLogProbs 2).Choices[0].LogProbs
        -join $probs.Token | Should -BeExactly 'You said: hi'
        $probs[0].LogProb | Should -BeLessThan 0
        $probs[0].Probability | Should -BeGreaterThan 0.8
        $probs[0].Top.Count | Should -Be 2
    }

    It 'is valid JSON where a schema asks for it' {
        $format = @{ type = 'json_schema'; json_schema = @{ name = 'person'; schema = @{ type = 'object'; required = @('name'); properties = @{ name = @{ type = 'string' } } } } }
        $person = (Invoke-ChatCompletion 'Who?' -ResponseFormat $format).Text | ConvertFrom-Json
        $person.psobject.Properties.Name | Should -Contain 'name'
    }
}

Describe 'Invoke-ChatCompletion -Stream' {
    BeforeAll {
        Connect-TestSandbox
    }

    It 'emits updates as they arrive, and the whole last' {
        $updates = @(Invoke-ChatCompletion 'one two three' -Stream)
        $updates.Count | Should -BeGreaterThan 3
        $updates[0] | Should -BeOfType ChatPS.ChatCompletionUpdate
        -join $updates.Text | Should -BeExactly 'You said: one two three'
        @($updates | Select-Object -SkipLast 1 | Where-Object Completion).Count | Should -Be 0

        $last = $updates[-1]
        $last.Text | Should -BeExactly ''
        $last.FinishReason | Should -Be 'stop'
        $last.Usage.TotalTokens | Should -BeGreaterThan 0
        $last.Completion.Text | Should -BeExactly 'You said: one two three'
        $last.Completion.Messages.Count | Should -Be 2
        $last.Completion.Input | Should -Be 'one two three'
        Get-TestMember stream_options.include_usage | Should -Be 'true'
    }

    It 'tells the choices apart' {
        $updates = @(Invoke-ChatCompletion hi -Stream -N 2)
        -join ($updates | Where-Object Index -EQ 1).Text | Should -BeExactly 'You said: hi (choice 2)'
        $updates[-1].Completion.Choices.Text | Should -BeExactly 'You said: hi', 'You said: hi (choice 2)'
    }

    It 'puts the calls of tools together' {
        $schema = @{ type = 'object'; required = @('city'); properties = @{ city = @{ type = 'string' } } }
        $whole = (Invoke-ChatCompletion 'call weather' -Stream -Tool @{ type = 'function'; function = @{ name = 'weather'; parameters = $schema } })[-1].Completion
        $whole.FinishReason | Should -Be 'tool_calls'
        $whole.ToolCalls.Count | Should -Be 1
        ($whole.ToolCalls[0].Arguments | ConvertFrom-Json).psobject.Properties.Name | Should -Be 'city'
    }

    It 'gives the first piece on before the answer is complete' {
        Connect-TestSandbox @{ ChunkDelayMs = 300 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Invoke-ChatCompletion 'a b c d e f g h' -Stream | Where-Object Text | Select-Object -First 1 | Out-Null
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1.5 -Because 'the whole takes more than 3 s'
    }
}

Describe 'Invoke-ChatCompletion -Show' {
    It 'writes the text to the host alone, and the completion to the pipeline' {
        # The host of a child writes to its output.
        $script = "Import-Module '$ModulePath'; Connect-ChatService -Sandbox; `$answer = Invoke-ChatCompletion 'to the host' -Show; '=' + @(`$answer).Count + `$answer.GetType().Name"
        $output = Invoke-PowerShell -NoProfile -NonInteractive -Command $script
        $output | Where-Object { $_ } | Should -Be 'You said: to the host', '=1ChatCompletion'
    }

    It 'writes nothing to the pipeline but the completion' {
        Connect-TestSandbox
        $answer = @(Invoke-ChatCompletion hi -Show)
        $answer.Count | Should -Be 1
        $answer[0] | Should -BeOfType ChatPS.ChatCompletion
        $answer[0].Text | Should -Be 'You said: hi'
    }
}

Describe 'Invoke-ChatCompletion: bad input' {
    BeforeAll {
        Connect-TestSandbox
    }

    AfterEach {
        Get-TestRequest | Should -BeNullOrEmpty -Because 'nothing is sent'
    }

    It 'refuses -<Parameter> <Value>, and names it' -ForEach $outOfRange {
        $more = @{ $Parameter = $Value }
        $failure = @(Get-Failure { Invoke-ChatCompletion hi @more })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure[0].Exception.Message | Should -BeLike "*-$Parameter*"
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an empty prompt'; Script = { Invoke-ChatCompletion '' }; Like = '*empty*' }
        @{ What = 'a blank prompt'; Script = { Invoke-ChatCompletion "  `n" }; Like = '*empty*' }
        @{ What = 'an empty string from the pipeline'; Script = { '' | Invoke-ChatCompletion }; Like = '*empty*' }
        @{ What = 'nothing at all'; Script = { Invoke-ChatCompletion }; Like = '*nothing to ask*' }
        @{ What = 'null from the pipeline'; Script = { $null | Invoke-ChatCompletion }; Like = '*null*' }
        @{ What = 'an object without a prompt'; Script = { @{ A = 1 } | Invoke-ChatCompletion }; Like = '*what to do with it*' }
        @{ What = 'a piped message'; Script = { New-ChatMessage hi | Invoke-ChatCompletion }; Like = '*-Message*' }
        @{ What = 'a piped message beside a prompt'; Script = { New-ChatMessage hi | Invoke-ChatCompletion 'Summarise' }; Like = '*-Message*' }
        @{ What = 'data beside -Message'; Script = { 'data' | Invoke-ChatCompletion -Message 'hi' }; Like = '*-Message*' }
        @{ What = 'a missing file'; Script = { [IO.FileInfo] (Join-Path $TestDrive 'missing.txt') | Invoke-ChatCompletion 'Summarise' }; Like = '*missing.txt*' }
        @{ What = 'a file of another kind'; Script = { New-TestFile (Join-Path $TestDrive 'tool.bin') binary | Invoke-ChatCompletion 'Summarise' }; Like = '*tool.bin*' }
        @{ What = 'an empty file'; Script = { New-Item (Join-Path $TestDrive 'empty.txt') -Force | Invoke-ChatCompletion 'Summarise' }; Like = '*empty.txt*' }
        @{ What = 'a credential'; Script = { [pscredential]::new('ann', [securestring]::new()) | Invoke-ChatCompletion 'Summarise' }; Like = '*secret*' }
        @{ What = 'an object that is too large'; Script = { @{ Text = 'x' * 1000001 } | Invoke-ChatCompletion 'Summarise' }; Like = '*1000000*' }
        @{ What = 'aggregated items that are too large'; Script = { ('x' * 600000), ('y' * 600000) | Invoke-ChatCompletion 'Summarise' -Aggregate }; Like = '*1000000*' }
        @{ What = 'an object that holds itself'; Script = { $h = @{}; $h.Self = $h; $h | Invoke-ChatCompletion 'Summarise' }; Like = '*nested*' }
        @{ What = 'an unknown connection'; Script = { Invoke-ChatCompletion hi -Connection nowhere }; Like = '*nowhere*' }
    ) {
        $failure = @(Get-Failure $Script)
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure[0] | Should -BeLike $Like
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

Describe 'Invoke-ChatCompletion without a model' {
    It 'names the three places where one can be given, and takes OPENAI_MODEL' {
        Connect-TestSandbox @{} @{ Model = '' }
        $failure = Get-Failure { Invoke-ChatCompletion hi }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike '*-Model*connection*OPENAI_MODEL*'
        Get-TestRequest | Should -BeNullOrEmpty
        try {
            $env:OPENAI_MODEL = 'from-environment'
            (Invoke-ChatCompletion hi).Model | Should -Be 'from-environment'
        }
        finally {
            $env:OPENAI_MODEL = $null
        }
    }
}
