BeforeAll {
    . $PSScriptRoot/common.ps1
    $sandbox = Start-ChatSandbox Test -RequireKey sk-test-nobody-has-this-one
    $file = Join-Path $TestDrive token
    Set-Content $file 'subject-of-this-machine'
    $identity = @{ Source = 'TokenFile'; Path = $file; IdentityProviderId = 'idp_1'; ServiceAccountId = 'sa_1'; FederationRuleId = 'fdrl_1'; OrganizationId = 'org_1' }
    function Copy-Identity([hashtable] $With) {
        $copy = $identity.Clone()
        $With.GetEnumerator().ForEach{ $copy[$_.Key] = $_.Value }
        $copy
    }

    function Connect-Machine([hashtable] $With = @{}, $Identity = $identity) {
        Connect-ChatService $sandbox.BaseUri -Name Machine -Model sandbox-mini -MaxRetry 0 -Identity $Identity @With
    }
}

AfterAll {
    Clear-Test
}

Describe 'An identity in place of a key' {
    It 'is exchanged once for many calls in the dialect <_>' -ForEach 'OpenAI', 'Responses', 'Anthropic' {
        Connect-Machine @{ Dialect = $_ }
        $before = @(Get-TestRequest | Where-Object Path -Like '*/oauth/token').Count
        $answers = 1..20 | Invoke-ChatCompletion -Prompt 'Count.' -Verbose 4>&1 | Tee-Object -Variable shown | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }
        @($answers).Count | Should -Be 20
        @(Get-TestRequest | Where-Object Path -Like '*/oauth/token').Count - $before | Should -Be 1
        "$($shown | Out-String) $((Get-TestRequest).Body) $(Get-ChatConnection Machine | ConvertTo-Json)" | Should -Not -Match 'sk-test-token|subject-of-this-machine'
        (Get-ChatConnection Machine).KeySource | Should -Be 'Identity: TokenFile'
    }

    It 'may come from a script block' {
        Connect-Machine -Identity (Copy-Identity @{ Source = { 'a-token-from-a-script' }; Path = $null })
        (Invoke-ChatCompletion 'Hello').Text | Should -Be 'You said: Hello'
        (Get-ChatConnection Machine).KeySource | Should -Be 'Identity: Script'
    }

    It 'is saved with the connection, without any token' {
        Connect-Machine
        $null = Invoke-ChatCompletion 'Hello'
        Save-ChatConnection Machine -Force
        Disconnect-ChatService Machine
        $saved = Get-Content (Join-Path $env:CHATPS_CONFIG connections/Machine.json) -Raw
        $saved | Should -Not -Match 'sk-test-token|subject-of-this-machine'
        ($saved | ConvertFrom-Json).key.identity.serviceAccountId | Should -Be 'sa_1'
        (Get-ChatConnection -Saved Machine).KeySource | Should -Be 'Identity: TokenFile'
        (Invoke-ChatCompletion 'Again' -Connection Machine).Text | Should -Be 'You said: Again'
        (Connect-ChatService -Profile Machine -PassThru).KeySource | Should -Be 'Identity: TokenFile'
        (Invoke-ChatCompletion 'Again').Text | Should -Be 'You said: Again'
        Remove-ChatConnection Machine
    }

    It 'goes on in a changed copy' {
        Connect-Machine
        Connect-ChatService -Name Machine -TimeoutSec 20
        (Invoke-ChatCompletion 'Hello').Text | Should -Be 'You said: Hello'
    }

    It 'that nobody trusts is an error that quotes no token' {
        Set-Content (Join-Path $TestDrive bad) 'bad-subject-of-this-machine'
        Connect-Machine -Identity (Copy-Identity @{ Path = Join-Path $TestDrive bad })
        $failure = Get-Failure { Invoke-ChatCompletion 'Hello' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        "$failure" | Should -BeLike '*invalid_grant*is not trusted*'
        "$failure $($failure.Exception)" | Should -Not -Match 'bad-subject'
    }

    It 'is refused before anything is sent: <What>' -ForEach @(
        @{ What = 'an unknown source'; Connect = { Connect-Machine -Identity Nowhere }; Says = "*'Nowhere' is no source*" }
        @{ What = 'no source'; Connect = { Connect-Machine -Identity @{ Path = 'a' } }; Says = '*Source is missing*' }
        @{ What = 'an unknown member'; Connect = { Connect-Machine -Identity @{ Source = 'GitHub'; Tenant = 'a' } }; Says = "*'Tenant' is no member*" }
        @{ What = 'a missing id'; Connect = { Connect-Machine -Identity TokenFile }; Says = '*IdentityProviderId is missing*' }
        @{ What = 'a key beside it'; Connect = { Connect-Machine @{ ApiKey = 'sk-test-1' } }; Says = '*-ApiKey and -Identity were given together*' }
        @{ What = 'a dialect without'; Connect = { Connect-Machine @{ Dialect = 'Gemini' } }; Says = '*exchanges no identities*' }
    ) {
        $failure = @(Get-Failure $Connect)[0]
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$failure" | Should -BeLike $Says
    }
}
