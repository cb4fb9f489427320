BeforeAll {
    . $PSScriptRoot/common.ps1

    function Connect-Azure([string] $Address, [hashtable] $Connection = @{}) {
        $port = (Start-ChatSandbox -Name Test -RequireKey 'sk-test-azure').Port
        Connect-ChatService "http://127.0.0.1:$port$Address" -Name Test -Dialect AzureOpenAI -ApiKey 'sk-test-azure' -MaxRetry 0 @Connection
    }
}

AfterAll {
    Clear-Test
}

Describe 'Azure OpenAI' {
    It 'asks the v1 API, by the address of the resource' {
        Connect-Azure '' @{ Model = 'my-deployment' }
        $answer = Invoke-ChatCompletion 'hello'
        $answer.Text | Should -Be 'You said: hello'
        $request = (Get-TestRequest)[-1]
        $request.Path | Should -Be '/openai/v1/chat/completions'
        $request.Query | Should -Be ''
        $request.Headers['api-key'] | Should -Be '****'
        $request.Headers.Keys | Should -Not -Contain 'Authorization'
        (Get-TestBody).model | Should -Be 'my-deployment'
    }

    It 'asks a deployment, by the address that the portal shows' {
        Connect-Azure '/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21'
        $answer = Invoke-ChatCompletion 'hello'
        $answer.Model | Should -Be 'my gpt'
        $request = (Get-TestRequest)[-1]
        $request.Path | Should -Be '/openai/deployments/my%20gpt/chat/completions'
        $request.Query.TrimStart('?') | Should -Be 'api-version=2024-10-21'
        (Get-ChatConnection Test).Model | Should -Be 'my gpt'
    }

    It 'asks the deployment that -Model names, with -ApiVersion' {
        Connect-Azure '' @{ ApiVersion = '2024-10-21'; Model = 'one' }
        $null = Invoke-ChatCompletion 'hello' -Model two
        (Get-TestRequest)[-1].Path | Should -Be '/openai/deployments/two/chat/completions'
    }

    It 'streams' {
        Connect-Azure '/openai/deployments/d/chat/completions?api-version=2024-10-21'
        ((Invoke-ChatCompletion 'hello' -Stream).Text -join '') | Should -Be 'You said: hello'
    }

    It 'lists models in both forms' {
        Connect-Azure ''
        (Get-ChatModel).Id | Should -Contain 'sandbox-mini'
        Connect-Azure '' @{ ApiVersion = '2024-10-21' }
        (Get-ChatModel).Id | Should -Contain 'sandbox-mini'
        (Get-TestRequest)[-1].Path | Should -Be '/openai/models'
    }

    It 'sends a token of Entra ID as a bearer token' {
        $token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJl'
        $port = (Start-ChatSandbox -Name Test).Port
        Connect-ChatService "http://127.0.0.1:$port" -Name Test -Dialect AzureOpenAI -ApiKey $token -Model d
        $null = Invoke-ChatCompletion 'hello'
        $headers = (Get-TestRequest)[-1].Headers
        $headers['Authorization'] | Should -Be 'Bearer ****'
        $headers.Keys | Should -Not -Contain 'api-key'
    }

    It 'tells what the content filter found' {
        Connect-Azure '' @{ Model = 'd' }
        $answer = Invoke-ChatCompletion 'hello'
        $answer.ContentFilters.Count | Should -Be 8
        $answer.ContentFilters | Where-Object Source -EQ prompt | ForEach-Object Category | Should -Be 'hate', 'self_harm', 'sexual', 'violence'
        $answer.ContentFilters.Severity | Select-Object -Unique | Should -Be 'safe'
        $answer.ContentFilters | Where-Object { $_.Blocked -or $_.Detected } | Should -BeNullOrEmpty
    }

    It 'tells what the content filter found in a prompt that is refused' {
        $body = '{"error":{"message":"The response was filtered due to the prompt triggering the content management policy.","param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"},"jailbreak":{"filtered":false,"detected":true},"violence":{"filtered":false,"severity":"safe"}}}}}' | ConvertFrom-Json -AsHashtable
        $port = (Start-ChatSandbox -Name Test -Response @{ Response = $body; StatusCode = 400 }).Port
        Connect-ChatService "http://127.0.0.1:$port" -Name Test -Dialect AzureOpenAI -Model d
        $failure = Get-Failure { Invoke-ChatCompletion 'hello' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ContentFiltered,*'
        $filters = $failure.Exception.ContentFilters
        ($filters | Where-Object Blocked).Category | Should -Be 'hate'
        ($filters | Where-Object Blocked).Severity | Should -Be 'high'
        ($filters | Where-Object Detected).Category | Should -Be 'hate', 'jailbreak'
    }

    It 'refuses the address of a deployment without a version, before anything is sent' {
        $failure = Get-Failure { Connect-ChatService 'https://contoso.openai.azure.com/openai/deployments/d' -Dialect AzureOpenAI }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike '*-ApiVersion*'
    }

    It 'needs an address' {
        $failure = Get-Failure { Connect-ChatService -Dialect AzureOpenAI }
        $failure.Exception.Message | Should -BeLike '-Dialect AzureOpenAI*'
    }
}
