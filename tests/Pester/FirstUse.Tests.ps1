# What first users stumbled over.
BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Connect-TestSandbox
}

AfterAll {
    Clear-Test
}

Describe 'A first user' {
    It 'pays for no answer about nothing' {
        $before = @(Get-ChatSandboxRequest Test).Count
        @() | Invoke-ChatCompletion 'Summarise' -Aggregate | Should -BeNullOrEmpty
        @(Get-ChatSandboxRequest Test).Count | Should -Be $before
    }

    It 'is told that -Stream and -Show do not go together' {
        { Invoke-ChatCompletion hi -Stream -Show } | Should -Throw -ErrorId 'InvalidRequest*'
        { Invoke-ChatTextCompletion hi -Stream -Show } | Should -Throw -ErrorId 'InvalidRequest*'
    }

    It 'is told that a key is empty: <Key>' -ForEach @{ Key = '' }, @{ Key = $null } {
        { Connect-ChatService http://127.0.0.1:9 -Name Empty -ApiKey $Key } | Should -Throw -ErrorId 'InvalidRequest*'
        Get-ChatConnection Empty* | Should -BeNullOrEmpty
        Connect-ChatService -Name Test
    }

    It 'can silence a missing connection with <Command>' -ForEach @(
        @{ Command = 'Get-ChatModel'; Script = { Get-ChatModel -Connection Nope -ErrorAction SilentlyContinue -ErrorVariable failure; $failure } }
        @{ Command = 'Test-ChatModeration'; Script = { 'a', 'b' | Test-ChatModeration -Connection Nope -ErrorAction SilentlyContinue -ErrorVariable failure; $failure } }
        @{ Command = 'Get-ChatEmbedding'; Script = { 'a', 'b' | Get-ChatEmbedding -Connection Nope -ErrorAction SilentlyContinue -ErrorVariable failure; $failure } }
        @{ Command = 'Invoke-ChatCompletion'; Script = { 'a' | Invoke-ChatCompletion -Connection Nope -ErrorAction SilentlyContinue -ErrorVariable failure; $failure } }
    ) {
        $failures = & $Script
        $failures | Should -Not -BeNullOrEmpty
        $failures | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*' }
    }

    It 'is told that pieces of a stream are no items' {
        $pieces = Invoke-ChatCompletion hi -Stream
        $pieces | Select-Object -First 1 | Invoke-ChatCompletion 'go on' -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure[0].Exception.RecommendedAction | Should -BeLike '*Completion*'
        ($pieces[-1] | Invoke-ChatCompletion 'go on').Messages.Count | Should -Be 4
    }

    It 'gets a short list without the raw JSON' {
        $list = Invoke-ChatCompletion hi | Format-List | Out-String
        $list | Should -BeLike '*FinishReason*RequestId*'
        $list | Should -Not -BeLike '*"choices"*'
    }

    It 'goes on after a call of a function in the old form' {
        $function = @{ name = 'lookup'; parameters = @{ type = 'object'; properties = @{} } }
        $answer = Invoke-ChatCompletion 'call lookup' -Function $function -FunctionCall lookup
        $null = Invoke-ChatCompletion -Message (@($answer.Messages) + @{ role = 'function'; name = 'lookup'; content = '1' }) -Function $function
        $body = (Get-ChatSandboxRequest Test -Last 1).Body | ConvertFrom-Json
        $body.messages[1].function_call.name | Should -BeExactly 'lookup'
        $body.messages[1].PSObject.Properties.Name | Should -Not -Contain 'tool_calls'
    }

    It 'is told how a conversation goes on' {
        Invoke-ChatCompletion hi | Invoke-ChatCompletion -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].Exception.Message | Should -BeLike '*conversation*'
    }
}
