BeforeAll {
    . $PSScriptRoot/common.ps1
    $sandbox = Start-ChatSandbox Test
    $SavedConfig = $env:CHATPS_CONFIG
    $env:CHATPS_CONFIG = Join-Path $TestDrive 'config'
}

AfterAll {
    $env:CHATPS_CONFIG = $SavedConfig
    Clear-Test
}

Describe 'Saved connections' {
    BeforeEach {
        Disconnect-ChatService *
        $env:SAVED_TEST_KEY = 'sk-test-saved'
    }

    AfterEach {
        $env:SAVED_TEST_KEY = $null
        if (Test-Path $env:CHATPS_CONFIG) {
            Remove-Item $env:CHATPS_CONFIG -Recurse
        }
    }

    It 'come back with one line' {
        Connect-ChatService $sandbox.BaseUri -Name prod -ApiKeyVariable SAVED_TEST_KEY -Model sandbox-mini -TimeoutSec 7 -MaxRetry 0 -RequestsPerMinute 600 -AdditionalHeader @{ 'X-A' = '1' }
        Save-ChatConnection prod | Should -BeNullOrEmpty
        Disconnect-ChatService *
        $connection = Connect-ChatService -Profile PROD -PassThru
        $connection.Name | Should -Be 'prod'
        $connection.Profile | Should -Be 'prod'
        $connection.KeySource | Should -Be 'SAVED_TEST_KEY'
        $connection.Model | Should -Be 'sandbox-mini'
        $connection.TimeoutSec | Should -Be 7
        $connection.MaxRetry | Should -Be 0
        $connection.RequestsPerMinute | Should -Be 600
        $connection.AdditionalHeader | Should -Be 'X-A'
        (Invoke-ChatCompletion hi).Text | Should -Be 'You said: hi'
        (Get-TestRequest | Select-Object -Last 1).Headers['X-A'] | Should -Be '1'
    }

    It 'keep whatever can be said of a connection' {
        $rsa = [System.Security.Cryptography.RSA]::Create()
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=test', $rsa, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $authority = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
        $authorities = Join-Path $TestDrive 'authorities.cer'
        [System.IO.File]::WriteAllBytes($authorities, $authority.RawData)
        $prices = Join-Path $TestDrive 'prices.csv'
        Set-Content $prices 'Model,Input,Output', '*,1,2'
        $given = @{
            PriceTable = $prices; LogPath = (Join-Path $TestDrive 'calls.log'); LogContent = 'Full'
            Name = 'all'; Provider = 'Groq'; BaseUri = 'https://api.example.com/v1'; Dialect = 'Responses'; MinimumTlsVersion = '1.3'; CertificateAuthorityPath = $authorities
            Proxy = 'http://proxy.example.com:8080/'; ProxyBypass = @('a.example', 'b.example'); AdditionalHeader = @{ 'X-A' = '1' }
        }
        # What goes another way: the key, other secrets, and what says nothing of the connection itself.
        $others = 'ApiKey', 'ApiKeyVariable', 'ApiKeyScript', 'SecretName', 'VaultName', 'ProxyCredential', 'Identity', 'ClientCertificate', 'Sandbox', 'Profile', 'InputObject', 'Isolated', 'PassThru', 'Quiet', 'NoProxy'
        $common = (Get-Command Save-ChatConnection).Parameters.Keys | Where-Object { $_ -ne 'Name' }
        foreach ($parameter in (Get-Command Connect-ChatService).Parameters.Values | Where-Object { $_.Name -notin $others + $common + $given.Keys }) {
            $given[$parameter.Name] = switch ($parameter.ParameterType) {
                ([string]) { "sample-$($parameter.Name)" }
                ([int]) { 77 }
                ([double]) { 12.5 }
                ([switch]) { $true }
                default { throw "There is no sample of $_ for -$($parameter.Name) yet." }
            }
        }
        $file = Join-Path $env:CHATPS_CONFIG 'connections/all.json'
        Connect-ChatService @given -ApiKeyVariable SAVED_TEST_KEY
        Save-ChatConnection
        $saved = Get-Content $file -Raw
        foreach ($name in $given.Keys) {
            $value = ($saved | ConvertFrom-Json).$name
            $value | Should -Not -BeNullOrEmpty -Because "-$name is kept"
            ($value | ConvertTo-Json) | Should -Be ($given[$name] | ForEach-Object { if ($_ -is [switch]) { [bool]$_ } else { $_ } } | ConvertTo-Json) -Because "-$name is kept as it is"
        }

        $shown = Get-ChatConnection all
        Disconnect-ChatService *
        $again = Connect-ChatService -Profile all -PassThru
        Save-ChatConnection -Force
        Get-Content $file -Raw | Should -BeExactly $saved
        foreach ($property in $shown.psobject.Properties.Name | Where-Object { $_ -ne 'Profile' }) {
            $again.$property | Should -Be $shown.$property -Because "$property is the same"
        }

        Connect-ChatService -Profile all -Name all -Proxy $null -NoProxy
        Save-ChatConnection -Force
        (Get-Content $file -Raw | ConvertFrom-Json).noProxy | Should -BeTrue
        Connect-ChatService -Profile all
        Save-ChatConnection -Force
        (Get-Content $file -Raw | ConvertFrom-Json).noProxy | Should -BeTrue
    }

    It 'give way to what is given' {
        Connect-ChatService $sandbox.BaseUri -Name prod -Model sandbox-mini -MaxRetry 0
        Get-ChatConnection prod | Save-ChatConnection
        $connection = Connect-ChatService -Profile prod -Name test -Model sandbox-large -MaxRetry 3 -PassThru
        $connection.Name, $connection.Model, $connection.MaxRetry | Should -Be 'test', 'sandbox-large', 3
    }

    It 'are listed, and can be piped' {
        Connect-ChatService $sandbox.BaseUri -Name b -Model sandbox-mini
        Connect-ChatService $sandbox.BaseUri -Name a -Model sandbox-large
        Save-ChatConnection a, b
        Disconnect-ChatService *
        $saved = Get-ChatConnection -Saved
        $saved.Name | Should -Be 'a', 'b'
        $saved[0] | Should -BeOfType ChatPS.ChatConnection
        (Get-ChatConnection -Saved b*).Model | Should -Be 'sandbox-mini'
        ($saved | Connect-ChatService -PassThru).Model | Should -Be 'sandbox-large', 'sandbox-mini'
        Get-ChatConnection | Should -HaveCount 2
    }

    It 'keep an address as the provider has it' {
        Connect-ChatService -Provider Perplexity -ApiKeyVariable SAVED_TEST_KEY
        Save-ChatConnection
        (Get-ChatConnection -Saved | Connect-ChatService -PassThru).BaseUri | Should -Be 'https://api.perplexity.ai/'
        (Connect-ChatService -Profile Perplexity -PassThru).Provider | Should -Be 'Perplexity'
    }

    It 'hold no key, and say so' {
        Connect-ChatService $sandbox.BaseUri -Name prod -ApiKey sk-test-value -AdditionalHeader @{ 'X-Api-Key' = 'sk-test-header' }
        $warnings = Save-ChatConnection 3>&1
        $warnings.Count | Should -Be 2
        "$warnings" | Should -BeLike '*-ApiKeyVariable*X-Api-Key*'
        "$warnings" | Should -Not -BeLike '*sk-test*'
        Get-ChildItem $env:CHATPS_CONFIG -Recurse -File | Get-Content -Raw | Should -Not -BeLike '*sk-test*'
        (Get-ChatConnection -Saved).KeySource | Should -Be 'None; give -ApiKey'
        Get-Advice @(Get-Failure { Connect-ChatService -Profile prod })[0] | Should -BeLike '*-ApiKey*'
        (Connect-ChatService -Profile prod -ApiKey sk-test-value -PassThru).KeySource | Should -Be 'Parameter'
    }

    It 'keep a script that gives the key' {
        Connect-ChatService (Start-ChatSandbox Keyed -RequireKey sk-test-script).BaseUri -Name prod -ApiKeyScript { 'sk-test-' + 'script' } -Model sandbox-mini
        Save-ChatConnection
        Disconnect-ChatService *
        Connect-ChatService -Profile prod
        (Invoke-ChatCompletion hi).Text | Should -Be 'You said: hi'
        Stop-ChatSandbox Keyed
    }

    It 'do not send their key to another address' {
        Connect-ChatService $sandbox.BaseUri -Name prod -ApiKeyVariable SAVED_TEST_KEY
        Save-ChatConnection
        $failure = @(Get-Failure { Connect-ChatService -Profile prod -BaseUri https://other.example })
        "$($failure[0])" | Should -BeLike '*other.example*'
        (Connect-ChatService -Profile prod -BaseUri https://other.example -ApiKey sk-test-1 -PassThru).KeySource | Should -Be 'Parameter'
    }

    It 'are replaced with -Force only' {
        Connect-ChatService $sandbox.BaseUri -Name prod
        Save-ChatConnection
        Get-Advice @(Get-Failure { Save-ChatConnection prod })[0] | Should -BeLike '*-Force*'
        Connect-ChatService $sandbox.BaseUri -Name prod -Model new
        Save-ChatConnection -Force
        (Get-ChatConnection -Saved prod).Model | Should -Be 'new'
    }

    It 'are not written with -WhatIf' {
        Connect-ChatService $sandbox.BaseUri -Name prod
        Save-ChatConnection -WhatIf
        Get-ChatConnection -Saved | Should -BeNullOrEmpty
    }

    It 'are refused where others can write to them' -Skip:($IsWindows -or $PSEdition -eq 'Desktop') {
        Connect-ChatService $sandbox.BaseUri -Name prod
        Connect-ChatService $sandbox.BaseUri -Name good
        Save-ChatConnection prod, good
        chmod 666 (Join-Path $env:CHATPS_CONFIG 'connections/prod.json')
        "$(@(Get-Failure { Connect-ChatService -Profile prod })[0])" | Should -BeLike '*others can write*'
        $all = @(Get-ChatConnection -Saved -ErrorAction SilentlyContinue -ErrorVariable failures)
        $all.Name | Should -Be 'good'
        $failures.Count | Should -Be 1
        Remove-ChatConnection prod
        (Get-ChatConnection -Saved).Name | Should -Be 'good'
    }

    It 'refuse <What>' -ForEach @(
        @{ What = 'a connection that is not there'; Script = { Save-ChatConnection nowhere }; Like = "*'nowhere'*" }
        @{ What = 'a profile that is not there'; Script = { Connect-ChatService -Profile nowhere }; Like = "*'nowhere'*" }
        @{ What = 'an empty profile'; Script = { Connect-ChatService -Profile '' }; Like = '*-Profile*' }
        @{ What = 'to remove what is not there'; Script = { Remove-ChatConnection nowhere }; Like = "*'nowhere'*" }
        @{ What = 'a name with a path'; Script = { Connect-ChatService http://127.0.0.1:9 -Name '../x'; Save-ChatConnection }; Like = '*cannot be the name of a profile*' }
    ) {
        $failure = @(Get-Failure $Script)
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failure[0])" | Should -BeLike $Like
    }
}

Describe 'Remove-ChatConnection' {
    BeforeEach {
        Disconnect-ChatService *
        foreach ($name in 'a1', 'a2', 'b') {
            Connect-ChatService $sandbox.BaseUri -Name $name
            Save-ChatConnection -Force
        }
    }

    It 'removes by name, wildcard and pipeline' {
        Remove-ChatConnection a1 -WhatIf
        (Get-ChatConnection -Saved).Count | Should -Be 3
        Remove-ChatConnection a*
        (Get-ChatConnection -Saved).Name | Should -Be 'b'
        Get-ChatConnection -Saved | Remove-ChatConnection
        Get-ChatConnection -Saved | Should -BeNullOrEmpty
        (Get-ChatConnection).Count | Should -Be 3 -Because 'those that are there stay'
    }

    It 'completes names' {
        $line = 'Remove-ChatConnection a'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'a1', 'a2'
        $line = 'Connect-ChatService -Profile b'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'b'
    }
}
