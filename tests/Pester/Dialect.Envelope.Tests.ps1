BeforeAll {
    . $PSScriptRoot/common.ps1
    $key = 'sk-test-envelope-0123456789'

    function Connect-Envelope([hashtable] $Sandbox = @{}) {
        $port = (Start-ChatSandbox -Name Test @Sandbox).Port
        Connect-ChatService "http://127.0.0.1:$port/api/light/chat/createChatCompletion" -Name Test -Dialect Envelope -ApiKey $key -Model gpt-3.5-turbo-1106 -MaxRetry 0
    }
}

AfterAll {
    Clear-Test
}

Describe 'A reseller with an envelope' {
    It 'gets the key in the body and the options under params' {
        Connect-Envelope @{ RequireKey = $key }
        $answer = Invoke-ChatCompletion 'hello' -Temperature 0.5 -N 2
        $answer.Choices.Text | Should -Be 'You said: hello', 'You said: hello (choice 2)'
        $request = Get-ChatSandboxRequest -Name Test -Last 1
        $request.Path | Should -Be '/api/light/chat/createChatCompletion'
        $request.Headers.Keys | Should -Not -Contain 'Authorization'
        $body = $request.Body | ConvertFrom-Json
        $body.psobject.Properties.Name | Should -Be 'model', 'token', 'messages', 'params'
        $body.model | Should -Be 'gpt-3.5-turbo-1106'
        $body.params.psobject.Properties.Name | Sort-Object | Should -Be 'n', 'temperature'
    }

    It 'echoes the key, which is shown nowhere' {
        Connect-Envelope
        $answer = Invoke-ChatCompletion 'hello'
        ($answer.Raw | ConvertFrom-Json).data.info.token | Should -Be '****'
        ($answer | Format-List -Property * | Out-String) + (Get-ChatQuota | Format-List * | Out-String) | Should -Not -BeLike "*$key*"
    }

    It 'drops a token of another kind that is sent back' {
        $envelope = '{"code":200,"message":"ok","data":{"completion":{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]},"info":{"token":"sk-test-somebody-else","numOfOneDayCanCallApi":10,"numOfOneDayAlreadyCallApi":3,"apiDate":"2023-11-10"}}}'
        Connect-Envelope @{ Response = @{ Path = '*'; Response = $envelope | ConvertFrom-Json -AsHashtable } }
        $answer = Invoke-ChatCompletion 'hello'
        $answer.Text | Should -Be 'hi'
        $answer.Raw | Should -Not -BeLike '*somebody-else*'
        $quota = Get-ChatQuota
        $quota.Limit, $quota.Used, $quota.Remaining, $quota.Date | Should -Be 10, 3, 7, '2023-11-10'
    }

    It 'fails where its code is not 200, although HTTP says so: <Code>' -ForEach @(
        @{ Code = 400; Id = 'InvalidRequest' }
        @{ Code = 401; Id = 'AuthenticationFailed' }
        @{ Code = 429; Id = 'RateLimited' }
        @{ Code = 500; Id = 'ServerError' }
        @{ Code = 9; Id = 'ServerError' }
    ) {
        Connect-Envelope @{ Response = @{ Path = '*'; Response = @{ code = $Code; message = 'no luck today' } } }
        $failure = Get-Failure { Invoke-ChatCompletion 'hello' }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.Exception.Message | Should -BeLike '*no luck today*'
        $failure.Exception.ServiceCode | Should -Be "$Code"
    }

    It 'is a bad response where the envelope is empty' {
        Connect-Envelope @{ Response = @{ Path = '*'; Response = @{ code = 200; message = 'ok' } } }
        (Get-Failure { Invoke-ChatCompletion 'hello' }).FullyQualifiedErrorId | Should -BeLike 'BadResponse,*'
    }

    It 'cannot stream, and says so before anything is sent: <Switch>' -ForEach @{ Switch = 'Stream' }, @{ Switch = 'Show' } {
        Connect-Envelope
        $failure = Get-Failure { $parameters = @{ $Switch = $true }; Invoke-ChatCompletion 'hello' @parameters }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'has neither models nor moderations, and says so' {
        Connect-Envelope
        (Get-Failure { Get-ChatModel }).Exception.Message | Should -BeLike '*no list of models*'
        (Get-Failure { Test-ChatModeration 'x' }).Exception.Message | Should -BeLike '*no moderations*'
        (Get-Failure { Invoke-ChatTextCompletion 'x' }).Exception.Message | Should -BeLike '*no text completions*'
        (Get-Failure { Get-ChatCompletion }).Exception.Message | Should -BeLike '*no stored completions*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'keeps a checkpoint that holds no key, and that another key can go on with' {
        Connect-Envelope
        $path = Join-Path $TestDrive 'envelope.jsonl'
        $first = 'a', 'b' | Invoke-ChatCompletion -CheckpointPath $path
        Get-Content $path -Raw | Should -Not -BeLike "*$key*"
        Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Test -Dialect Envelope -ApiKey 'sk-test-another-envelope' -Model gpt-3.5-turbo-1106
        ('a', 'b' | Invoke-ChatCompletion -CheckpointPath $path).Id | Should -Be $first.Id
        @(Get-TestRequest).Count | Should -Be 2
    }

    It 'runs tools and gives objects' {
        Connect-Envelope
        $answer = Invoke-ChatCompletion 'call Get-Date' -Tool Get-Date -AllowTool Get-Date -ToolApproval Never
        $answer.ToolRounds | Should -Be 1
        (Invoke-ChatCompletion 'a city' -OutputSchema 'name, people (int)').psobject.Properties.Name | Should -Contain 'people'
    }
}
