BeforeAll {
    . $PSScriptRoot/common.ps1
    Connect-TestSandbox
}

AfterAll {
    Clear-Test
}

Describe 'Names that are nearly right' {
    It 'asks for -Provider where a provider is named in place of an address' {
        $failure = Get-Failure { Connect-ChatService OpenAI }
        "$failure" | Should -BeLike "-BaseUri: 'OpenAI' is the name of a provider, and no address.*"
        Get-Advice $failure | Should -BeLike '*Use Connect-ChatService -Provider OpenAI.*'
        Get-Advice (Get-Failure { Connect-ChatService anthropic }) | Should -BeLike '*-Provider Anthropic.*'
        Get-Advice (Get-Failure { Connect-ChatService OpneAI }) | Should -BeLike '*Did you mean -Provider OpenAI*'
        Get-Advice (Get-Failure { Connect-ChatService gateway.example.com }) | Should -BeLike '*Write https://gateway.example.com*'
        Get-ChatConnection | Where-Object IsDefault | Should -BeNullOrEmpty -Because 'the next line must not use another connection by mistake'
        Connect-ChatService -Name Test -Quiet
        (Get-ChatConnection | Where-Object IsDefault).Name | Should -Be 'Test'
    }

    It 'asks for -Name where a connection is named in place of an address' {
        Get-Advice (Get-Failure { Connect-ChatService Test }) | Should -BeLike '*Use Connect-ChatService -Name Test.*'
        Connect-ChatService -Name Test -Quiet
    }

    It 'suggests a provider, a connection and a tool' {
        Get-Advice (Get-Failure { Connect-ChatService -Provider Antropic }) | Should -BeLike '*Did you mean Anthropic*'
        Get-Advice (Get-Failure { Invoke-ChatCompletion hi -Connection Tset }) | Should -BeLike '*Did you mean Test?*'
        Get-Advice (Get-Failure { Disconnect-ChatService Tset }) | Should -BeLike '*Did you mean Test?*'
        Get-Advice (Get-Failure { Invoke-ChatCompletion hi -Tool Get-Proces }) | Should -BeLike '*Did you mean Get-Process*'
        Get-Advice (Get-Failure { Invoke-ChatCompletion hi -Tool Get-Date -AllowTool Get-Dat }) | Should -BeLike '*Did you mean Get-Date?*'
    }

    It 'suggests a model of the list that is known, and asks for none' {
        Connect-TestSandbox @{ Model = 'sandbox-mini', 'missing-mode1' }
        Get-Advice (Get-Failure { Invoke-ChatCompletion hi -Model missing-model }) | Should -Not -BeLike '*Did you mean*'
        $before = @(Get-TestRequest).Count
        $null = Get-ChatModel
        Get-Advice (Get-Failure { Invoke-ChatCompletion hi -Model missing-model }) | Should -BeLike '*Did you mean missing-mode1*'
        @(Get-TestRequest).Count | Should -Be ($before + 2)
        Get-Advice (Get-Failure { Get-ChatModel sandbox-mni }) | Should -BeLike '*Did you mean sandbox-mini*'
    }

    It 'names the endpoint that a service does not have' {
        Connect-TestSandbox @{ Response = @{ Path = '/v1/moderations'; StatusCode = 404; Response = @{ detail = 'Not Found' } } }
        $failure = Get-Failure { 'a' | Test-ChatModeration }
        "$failure" | Should -BeLike '*This service has no /moderations endpoint.*'
        $failure.Exception.MissingEndpoint | Should -Be '/moderations'
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike '*Name a service that has it with -Connection*'
        (Get-Failure { Invoke-ChatCompletion hi -Model missing-model }).FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
    }
}
