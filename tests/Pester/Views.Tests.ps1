BeforeAll {
    . $PSScriptRoot/common.ps1
    if (Get-Variable PSStyle -ErrorAction Ignore) {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }

    Connect-TestSandbox @{} @{ ApiKey = 'sk-test-1' }

    # The lines that a user sees of an object.
    function Get-View([scriptblock] $Script) {
        ((& $Script | Out-String -Width 120) -split "`r?`n").Where{ $_.Trim() }
    }
}

AfterAll {
    if (Get-Variable rendering -ErrorAction Ignore) {
        $PSStyle.OutputRendering = $rendering
    }

    Clear-Test
}

Describe 'The view' {
    It 'of <What> is a table that reads well' -ForEach @(
        @{ What = 'models'; Script = { Get-ChatModel }; Header = 'Id OwnedBy Created (UTC) Connection'; Row = 'sandbox-mini *sandbox *2023-11-14 22:13*Test' }
        @{ What = 'chat completions'; Script = { 'Hello' | Invoke-ChatCompletion }; Header = 'FinishReason Tokens Seconds Model Text'; Row = 'stop *5 *0.* sandbox-mini *You said: Hello' }
        @{ What = 'calls of tools'; Script = { Invoke-ChatCompletion 'call lookup' -Tool @{ type = 'function'; function = @{ name = 'lookup' } } }; Header = 'FinishReason Tokens Seconds Model Text'; Row = 'tool_calls *calls lookup(*' }
        @{ What = 'chat updates'; Script = { Invoke-ChatCompletion hi -Stream | Where-Object Text }; Header = 'Index FinishReason Tokens Text'; Row = '*0*You*' }
        @{ What = 'text completions'; Script = { Invoke-ChatTextCompletion hi }; Header = 'FinishReason Tokens Seconds Model Text'; Row = 'stop *sandbox-mini *You said: hi' }
        @{ What = 'text updates'; Script = { Invoke-ChatTextCompletion hi -Stream | Where-Object Text }; Header = 'Index FinishReason Tokens Text'; Row = '*0*You*' }
        @{ What = 'choices'; Script = { (Invoke-ChatCompletion hi -N 2).Choices }; Header = 'Index FinishReason Text'; Row = '0 *stop *You said: hi' }
        @{ What = 'choices of texts'; Script = { (Invoke-ChatTextCompletion hi -N 2).Choices }; Header = 'Index FinishReason Text'; Row = '0 *stop *You said: hi' }
        @{ What = 'messages'; Script = { (Invoke-ChatCompletion hi).Messages }; Header = 'Role Parts Text'; Row = 'user *1 *hi' }
        @{ What = 'sounds'; Script = { (Invoke-ChatCompletion hi -Modality text, audio -Audio @{ voice = 'alloy'; format = 'mp3' }).Audio }; Header = 'Format Length Path Transcript'; Row = 'mp3 *14 *You said: hi' }
        @{ What = 'cited pages'; Script = { (Invoke-ChatCompletion hi -WebSearchOption @{}).Citations }; Header = 'StartIndex EndIndex Title Url'; Row = '0 *11 *A page of the sandbox *https://example.com/sandbox' }
        @{ What = 'calls of tools of the service'; Script = { Connect-TestSandbox -Connection @{ Dialect = 'Responses' }; (Invoke-ChatCompletion 'use web_search' -BuiltInTool web_search).BuiltInCalls; Connect-TestSandbox @{} @{ ApiKey = 'sk-test-1' } }; Header = 'Type Name Status Input Sources'; Row = 'web_search *completed *use web_search * 1' }
        @{ What = 'counts of tokens'; Script = { Measure-ChatToken 'one two' }; Header = 'InputTokens Model Input'; Row = '2 *sandbox-mini *one two' }
        @{ What = 'token probabilities'; Script = { (Invoke-ChatTextCompletion hi -LogProbs 2).Choices[0].LogProbs }; Header = 'Token LogProb Probability Top'; Row = 'You *-0.04* 0.96* You | You~1' }
        @{ What = 'moderations'; Script = { 'kill', 'b' | Test-ChatModeration }; Header = 'Flagged Score Categories Input'; Row = 'True *0.90 violence *kill' }
        @{ What = 'totals of usage'; Script = { Clear-ChatUsage; $null = 'Hello' | Invoke-ChatCompletion; Get-ChatUsage -PriceTable @{ '*' = 1, 2 } }; Header = 'Connection Model Requests Failures Retries Input Cached Output Cost'; Row = 'Test *sandbox-mini * 1 * 0 * 0 * 1 * 0 * 4 *0.00*' }
        @{ What = 'connections'; Script = { Get-ChatConnection }; Header = 'Name Default BaseUri Dialect Model KeySource'; Row = 'Test *`* *http://127.0.0.1:*/v1 *OpenAI *sandbox-mini *Parameter' }
        @{ What = 'tests of connections'; Script = { Test-ChatConnection }; Header = 'Connection Success Reachable Authenticated LatencyMs Models ErrorId'; Row = 'Test *True *True *True * 4*' }
        @{ What = 'sandboxes'; Script = { Start-ChatSandbox Other; Stop-ChatSandbox Other }; Header = 'Name BaseUri RequiresKey Started (UTC)'; Row = 'Other *http://127.0.0.1:*/v1 *False *' }
        @{ What = 'requests'; Script = { $null = Invoke-ChatCompletion 'the prompt'; Get-ChatSandboxRequest Test -Last 1 }; Header = 'Sandbox Number Request Status Ms Fault Prompt'; Row = 'Test *POST /v1/chat/completions*200 *the prompt*' }
    ) {
        $lines = Get-View $Script
        ($lines[0] -split '\s+').Where{ $_ } -join ' ' | Should -BeExactly $Header
        $lines[1] | Should -Match '^[- ]+$'
        $lines[2].Trim() | Should -BeLike $Row
        $lines | ForEach-Object { $_.Length } | Should -BeLessOrEqual 120
    }

    It 'wraps a long answer instead of cutting it' {
        $text = (Get-View { Invoke-ChatCompletion ('word ' * 60).Trim() }) -join '' -replace '\s'
        [regex]::Matches($text, 'word').Count | Should -Be 60
    }

    It 'is the same for objects that come from a job' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Invoke-ChatCompletion hi)))
        (Get-View { $copy })[0] | Should -BeLike 'FinishReason *Tokens *Seconds *Model *Text*'
        (Get-View { $copy })[2] | Should -BeLike 'stop*You said: hi*'
    }

    It 'is as wide as the window allows' {
        { Get-ChatModel | Out-String -Width 40 } | Should -Not -Throw
        (Invoke-ChatCompletion hi | Out-String -Width 60) | Should -BeLike '*You said: hi*'
    }
}
