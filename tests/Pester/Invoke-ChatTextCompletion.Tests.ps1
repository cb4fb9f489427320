BeforeDiscovery {
    $fields = @(
        @{ Parameter = 'Model'; Value = 'sandbox-instruct'; Member = 'model'; Json = '"sandbox-instruct"' }
        @{ Parameter = 'BestOf'; Value = 3; Member = 'best_of'; Json = '3' }
        @{ Parameter = 'Echo'; Value = $true; Member = 'echo'; Json = 'true' }
        @{ Parameter = 'FrequencyPenalty'; Value = 0; Member = 'frequency_penalty'; Json = '0' }
        @{ Parameter = 'LogitBias'; Value = @{ '50256' = -100 }; Member = 'logit_bias'; Json = '{"50256":-100}' }
        @{ Parameter = 'LogProbs'; Value = 2; Member = 'logprobs'; Json = '2' }
        @{ Parameter = 'LogProbs'; Value = 0; Member = 'logprobs'; Json = '0' }
        @{ Parameter = 'MaxTokens'; Value = 512; Member = 'max_tokens'; Json = '512' }
        @{ Parameter = 'N'; Value = 2; Member = 'n'; Json = '2' }
        @{ Parameter = 'PresencePenalty'; Value = -0.5; Member = 'presence_penalty'; Json = '-0.5' }
        @{ Parameter = 'Seed'; Value = 42; Member = 'seed'; Json = '42' }
        @{ Parameter = 'Stop'; Value = "`n"; Member = 'stop'; Json = '["\n"]' }
        @{ Parameter = 'Suffix'; Value = 'the end'; Member = 'suffix'; Json = '"the end"' }
        @{ Parameter = 'Temperature'; Value = 0.5; Member = 'temperature'; Json = '0.5' }
        @{ Parameter = 'TopP'; Value = 1; Member = 'top_p'; Json = '1' }
        @{ Parameter = 'User'; Value = 'a1b2'; Member = 'user'; Json = '"a1b2"' }
        @{ Parameter = 'Stream'; Value = $true; Member = 'stream'; Json = 'true' }
        @{ Parameter = 'IncludeObfuscation'; Value = $true; Member = 'stream_options'; Json = '{"include_usage":true,"include_obfuscation":true}'; With = @{ Stream = $true } }
    )
}

BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Invoke-ChatTextCompletion: the request' {
    BeforeAll {
        Connect-TestSandbox
    }

    It '-<Parameter> becomes <Member>: <Json>' -ForEach $fields {
        $more = if ($_.ContainsKey('With')) { $With } else { @{} }
        $more[$Parameter] = $Value
        $null = Invoke-ChatTextCompletion hi @more
        Get-TestMember $Member | Should -BeExactly $Json
    }

    It 'has a parameter for every field of the official description' -ForEach @{ Tested = @($fields.Member) } {
        $official = -split 'model prompt best_of echo frequency_penalty logit_bias logprobs max_tokens n presence_penalty seed stop stream stream_options suffix temperature top_p user'
        $official | Where-Object { $_ -notin (@($Tested) + 'prompt') } | Should -BeNullOrEmpty
    }

    It 'goes to the legacy endpoint with nothing that was not asked for' {
        $null = Invoke-ChatTextCompletion hi
        (Get-TestRequest | Select-Object -Last 1).Path | Should -Be '/v1/completions'
        (Get-TestBody).psobject.Properties.Name | Sort-Object | Should -Be 'model', 'prompt'
    }

    It 'sends <What> as the prompt' -ForEach @(
        @{ What = 'a text'; Prompt = 'one'; Json = '"one"' }
        @{ What = 'several texts'; Prompt = 'one', 'two'; Json = '["one","two"]' }
        @{ What = 'token numbers'; Prompt = 1, 2, 3; Json = '[1,2,3]' }
        @{ What = 'arrays of token numbers'; Prompt = @(1, 2), @(3, 4); Json = '[[1,2],[3,4]]' }
        @{ What = 'one token number'; Prompt = 7; Json = '[7]' }
    ) {
        $null = Invoke-ChatTextCompletion -Prompt $Prompt
        Get-TestMember prompt | Should -BeExactly $Json
    }

    It 'takes prompts from the pipeline, by value and by property name' {
        ('one', 'two' | Invoke-ChatTextCompletion).Text | Should -BeExactly 'You said: one', 'You said: two'
        ("Prompt,Model`none,wrong" | ConvertFrom-Csv | Invoke-ChatTextCompletion).Text | Should -BeExactly 'You said: one'
        Get-TestMember model | Should -Be '"sandbox-mini"'
    }

    It 'sends the hatches' {
        $null = Invoke-ChatTextCompletion hi -AdditionalBody @{ repetition_penalty = 1.1 } -AdditionalHeader @{ 'X-Vendor' = 'yes' } -AdditionalQuery @{ v = 2 }
        Get-TestMember repetition_penalty | Should -Be '1.1'
        $request = Get-TestRequest | Select-Object -Last 1
        $request.Headers['X-Vendor'] | Should -Be 'yes'
        $request.Query | Should -Be 'v=2'
    }
}

Describe 'Invoke-ChatTextCompletion: the answer' {
    BeforeAll {
        Connect-TestSandbox
    }

    It 'carries text, usage and ids' {
        $answer = Invoke-ChatTextCompletion 'Tell a joke'
        $answer | Should -BeOfType ChatPS.ChatTextCompletion
        "$answer" | Should -BeExactly 'You said: Tell a joke'
        $answer.FinishReason | Should -Be 'stop'
        $answer.Usage.TotalTokens | Should -Be ($answer.Usage.InputTokens + $answer.Usage.OutputTokens)
        $answer.Id | Should -BeLike 'cmpl*'
        $answer.RequestId | Should -BeLike 'req_sandbox_*'
        $answer.Input | Should -Be 'Tell a joke'
        $answer.Created.Offset | Should -Be ([timespan]::Zero)
    }

    It 'has n choices for each prompt' {
        $answer = Invoke-ChatTextCompletion -Prompt 'a', 'b' -N 2
        $answer.Choices.Text | Should -BeExactly 'You said: a', 'You said: a (choice 2)', 'You said: b', 'You said: b (choice 2)'
        $answer.Choices.Index | Should -Be 0, 1, 2, 3
    }

    It 'repeats the prompt with -Echo' {
        (Invoke-ChatTextCompletion 'hi' -Echo).Text | Should -BeExactly 'hiYou said: hi'
    }

    It 'cuts before -Stop and at -MaxTokens' {
        (Invoke-ChatTextCompletion 'one two three' -Stop ' two').Text | Should -BeExactly 'You said: one'
        $cut = Invoke-ChatTextCompletion 'one two three' -MaxTokens 4
        $cut.Text | Should -BeExactly 'You said: one'
        $cut.FinishReason | Should -Be 'length'
    }

    It 'has the probability of each token as objects' {
        $probs = (Invoke-ChatTextCompletion 'hi' -LogProbs 2).Choices[0].LogProbs
        $probs[0] | Should -BeOfType ChatPS.ChatTokenLogProb
        -join $probs.Token | Should -BeExactly 'You said: hi'
        $probs.Offset | Should -Be 0, 3, 8, 9
        $probs[0].LogProb | Should -BeLessThan 0
        $probs[0].Probability | Should -Be ([math]::Exp($probs[0].LogProb))
        $probs[0].Top.Token | Should -Be 'You', 'You~1'
    }

    It 'emits updates and the whole last with -Stream' {
        $updates = @(Invoke-ChatTextCompletion 'one two' -Stream -LogProbs 1)
        $updates[0] | Should -BeOfType ChatPS.ChatTextCompletionUpdate
        -join $updates.Text | Should -BeExactly 'You said: one two'
        $updates[-1].FinishReason | Should -Be 'stop'
        $updates[-1].Usage.TotalTokens | Should -BeGreaterThan 0
        $updates[-1].Completion.Text | Should -BeExactly 'You said: one two'
        -join $updates[-1].Completion.Choices[0].LogProbs.Token | Should -BeExactly 'You said: one two'
    }

    It 'emits the completion alone with -Show' {
        $answer = @(Invoke-ChatTextCompletion hi -Show)
        $answer.Count | Should -Be 1
        $answer[0] | Should -BeOfType ChatPS.ChatTextCompletion
    }
}

Describe 'Invoke-ChatTextCompletion: bad input' {
    BeforeAll {
        Connect-TestSandbox
    }

    It 'refuses <What>, and sends nothing' -ForEach @(
        @{ What = 'an empty prompt'; Script = { Invoke-ChatTextCompletion '' } }
        @{ What = 'no prompt'; Script = { Invoke-ChatTextCompletion } }
        @{ What = 'a null from the pipeline'; Script = { $null | Invoke-ChatTextCompletion } }
        @{ What = 'an empty array'; Script = { Invoke-ChatTextCompletion -Prompt @() } }
        @{ What = 'an empty text among others'; Script = { Invoke-ChatTextCompletion -Prompt 'a', '' } }
        @{ What = 'an object'; Script = { Invoke-ChatTextCompletion -Prompt @{ A = 1 } } }
        @{ What = 'temperature 3'; Script = { Invoke-ChatTextCompletion hi -Temperature 3 } }
        @{ What = 'more than 5 probabilities'; Script = { Invoke-ChatTextCompletion hi -LogProbs 6 } }
        @{ What = '-BestOf below -N'; Script = { Invoke-ChatTextCompletion hi -BestOf 2 -N 3 } }
        @{ What = '-BestOf with -Stream'; Script = { Invoke-ChatTextCompletion hi -BestOf 2 -Stream } }
        @{ What = 'five stop texts'; Script = { Invoke-ChatTextCompletion hi -Stop 1, 2, 3, 4, 5 } }
    ) {
        $failure = @(Get-Failure $Script)
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-TestRequest | Should -BeNullOrEmpty
    }
}
