BeforeAll {
    . $PSScriptRoot/common.ps1
    $sandbox = Start-ChatSandbox Test

    function New-TestCertificate([switch]$WithoutKey) {
        $key = [Security.Cryptography.ECDsa]::Create()
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=runbook', $key, [Security.Cryptography.HashAlgorithmName]::SHA256)
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::Now.AddDays(-1), [DateTimeOffset]::Now.AddDays(1))
        if ($WithoutKey) { [Security.Cryptography.X509Certificates.X509Certificate2]::new($certificate.RawData) } else { $certificate }
    }
}

AfterAll {
    Clear-Test
}

Describe 'Connect-ChatService' {
    BeforeEach {
        Disconnect-ChatService *
    }

    It 'emits nothing, or the connection with -PassThru' {
        Connect-ChatService $sandbox.BaseUri | Should -BeNullOrEmpty
        $connection = Connect-ChatService $sandbox.BaseUri -Name Lab -Model m -ApiKey sk-test-1 -Organization org -Project proj -TimeoutSec 7 -MaxRetry 5 -RequestsPerMinute 60 -TokensPerMinute 90000 `
            -AdditionalHeader @{ 'X-A' = '1' } -PassThru
        $connection | Should -BeOfType ChatPS.ChatConnection
        $connection.Name | Should -Be 'Lab'
        $connection.BaseUri | Should -Be $sandbox.BaseUri
        $connection.Model | Should -Be 'm'
        $connection.KeySource | Should -Be 'Parameter'
        $connection.Organization | Should -Be 'org'
        $connection.Project | Should -Be 'proj'
        $connection.TimeoutSec | Should -Be 7
        $connection.MaxRetry | Should -Be 5
        $connection.RequestsPerMinute | Should -Be 60
        $connection.TokensPerMinute | Should -Be 90000
        $connection.AdditionalHeader | Should -Be 'X-A'
        $connection.IsDefault | Should -BeTrue
    }

    It 'sends key, organization, project and headers with each request' {
        Connect-ChatService $sandbox.BaseUri -ApiKey sk-test-1 -Organization org -Project proj -AdditionalHeader @{ 'X-A' = 'one' }
        $null = Get-ChatModel
        $headers = (Get-TestRequest | Select-Object -Last 1).Headers
        $headers['Authorization'] | Should -Be 'Bearer ****'
        $headers['OpenAI-Organization'] | Should -Be 'org'
        $headers['OpenAI-Project'] | Should -Be 'proj'
        $headers['X-A'] | Should -Be 'one'
        $headers['User-Agent'] | Should -BeLike 'ChatPS/*'
    }

    It 'lets headers of the call win over those of the connection' {
        Connect-ChatService $sandbox.BaseUri -AdditionalHeader @{ 'X-A' = 'one' }
        $null = Get-ChatModel -AdditionalHeader @{ 'X-A' = 'two' }
        (Get-TestRequest | Select-Object -Last 1).Headers['X-A'] | Should -Be 'two'
    }

    It 'takes the address <Given>' -ForEach @(
        @{ Given = 'http://127.0.0.1:1234'; Address = 'http://127.0.0.1:1234/v1' }
        @{ Given = 'http://127.0.0.1:1234/'; Address = 'http://127.0.0.1:1234/v1' }
        @{ Given = 'http://127.0.0.1:1234/v1'; Address = 'http://127.0.0.1:1234/v1' }
        @{ Given = 'http://127.0.0.1:1234/v1/'; Address = 'http://127.0.0.1:1234/v1' }
        @{ Given = ' https://api.example.com/openai/v1beta '; Address = 'https://api.example.com/openai/v1beta' }
        @{ Given = 'https://api.example.com/v1/chat/completions'; Address = 'https://api.example.com/v1' }
        @{ Given = 'http://[::1]:1234'; Address = 'http://[::1]:1234/v1' }
    ) {
        (Connect-ChatService $Given -PassThru).BaseUri.AbsoluteUri.TrimEnd('/') | Should -BeExactly $Address
    }

    It 'takes a key as <What>' -ForEach @(
        @{ What = 'text'; Key = 'sk-test-good' }
        @{ What = 'a secure string'; Key = (ConvertTo-SecureString 'sk-test-good' -AsPlainText -Force) }
        @{ What = 'a credential'; Key = [pscredential]::new('anyone', (ConvertTo-SecureString 'sk-test-good' -AsPlainText -Force)) }
    ) {
        Connect-ChatService (Start-ChatSandbox Keyed -RequireKey sk-test-good).BaseUri -ApiKey $Key
        (Invoke-ChatCompletion hi -Model sandbox-mini).Text | Should -Be 'You said: hi'
        Stop-ChatSandbox Keyed
    }

    It 'starts and uses the sandbox with -Sandbox' {
        $connection = Connect-ChatService -Sandbox -PassThru
        $connection.Name | Should -Be 'Sandbox'
        (Invoke-ChatCompletion hi).Text | Should -Be 'You said: hi'
        (Connect-ChatService -Sandbox -PassThru).BaseUri | Should -Be $connection.BaseUri -Because 'it runs already'
        Stop-ChatSandbox Sandbox
    }

    It 'changes nothing with -WhatIf' {
        Connect-ChatService $sandbox.BaseUri -Name Never -WhatIf
        Get-ChatConnection | Should -BeNullOrEmpty
    }

    It 'makes the last connection the default' {
        Connect-ChatService $sandbox.BaseUri -Name One
        Connect-ChatService $sandbox.BaseUri -Name Two
        (Get-ChatConnection | Where-Object IsDefault).Name | Should -Be 'Two'
        (Get-ChatModel -Connection One)[0].Connection | Should -Be 'One'
        (Get-ChatModel)[0].Connection | Should -Be 'Two'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an address without a scheme'; Script = { Connect-ChatService 'localhost:1234' }; Like = '*scheme*' }
        @{ What = 'another scheme'; Script = { Connect-ChatService 'ftp://example.com' }; Like = '*HTTP*' }
        @{ What = 'an address with a query'; Script = { Connect-ChatService 'https://example.com/v1?key=sk-test-1' }; Like = '*query*' }
        @{ What = 'an address with credentials'; Script = { Connect-ChatService 'https://ann:sk-test-1@example.com/v1' }; Like = '*credentials*' }
        @{ What = 'a key with a line break'; Script = { Connect-ChatService 'https://example.com' -ApiKey "sk-test-1`n" }; Like = '*line break*' }
        @{ What = 'a key with a blank'; Script = { Connect-ChatService 'https://example.com' -ApiKey 'sk-test 1' }; Like = '*blank*' }
        @{ What = 'a key over plain HTTP to another machine'; Script = { Connect-ChatService 'http://example.com' -ApiKey sk-test-1 }; Like = '*plain HTTP*' }
        @{ What = 'a host that only looks like this machine'; Script = { Connect-ChatService 'http://localhost.example.com' -ApiKey sk-test-1 }; Like = '*plain HTTP*' }
        @{ What = 'a header with a line break'; Script = { Connect-ChatService 'https://example.com' -AdditionalHeader @{ 'X-A' = "1`r`nX-B: 2" } }; Like = '*line break*' }
        @{ What = 'a time of 0'; Script = { Connect-ChatService 'https://example.com' -TimeoutSec 0 }; Like = '*-TimeoutSec*' }
        @{ What = 'negative retries'; Script = { Connect-ChatService 'https://example.com' -MaxRetry -1 }; Like = '*-MaxRetry*' }
        @{ What = 'no requests a minute'; Script = { Connect-ChatService 'https://example.com' -RequestsPerMinute 0 }; Like = '*-RequestsPerMinute*' }
        @{ What = 'no tokens a minute'; Script = { Connect-ChatService 'https://example.com' -TokensPerMinute 0 }; Like = '*-TokensPerMinute*' }
        @{ What = 'no room for answers'; Script = { Connect-ChatService 'https://example.com' -MaxResponseSizeMB 0 }; Like = '*-MaxResponseSizeMB*' }
        @{ What = 'a bypass that means nothing'; Script = { Connect-ChatService 'https://example.com' -ProxyBypass 'https://example.com' }; Like = '*-ProxyBypass*' }
        @{ What = 'a proxy with credentials'; Script = { Connect-ChatService 'https://example.com' -Proxy 'http://ann:sk-test-1@proxy.example.com' }; Like = '*-Proxy:*' }
        @{ What = 'a certificate without its key'; Script = { Connect-ChatService 'https://example.com' -ClientCertificate (New-TestCertificate -WithoutKey) }; Like = '*no private key*' }
        @{ What = 'a certificate over plain HTTP'; Script = { Connect-ChatService 'http://example.com' -ClientCertificate (New-TestCertificate) }; Like = '*-ClientCertificate*' }
        @{ What = 'a missing file of authorities'; Script = { Connect-ChatService 'https://example.com' -CertificateAuthorityPath (Join-Path $TestDrive 'no.pem') }; Like = '*no.pem*' }
    ) {
        $failure = @(Get-Failure $Script)
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure[0].Exception.Message | Should -BeLike $Like
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        "$($failure[0])" | Should -Not -BeLike '*sk-test*'
        Get-ChatConnection | Should -BeNullOrEmpty
    }

    It 'shows what the connection is made from, and no secret' {
        $certificate = New-TestCertificate
        $connection = Connect-ChatService 'https://api.example.com' -Proxy 'http://proxy.example.com:8080' -ProxyBypass '*.corp.example', '10.0.0.0/8' -ClientCertificate $certificate `
            -MinimumTlsVersion 1.3 -MaxResponseSizeMB 5 -PassThru
        $connection.ProxyBypass | Should -Be '*.corp.example', '10.0.0.0/8'
        $connection.ClientCertificateThumbprint | Should -Be $certificate.Thumbprint
        $connection.MinimumTlsVersion | Should -Be '1.3'
        $connection.MaxResponseSizeMB | Should -Be 5
    }

    It 'speaks TLS 1.2 and reads 100 MB at least, unless told otherwise' {
        $connection = Connect-ChatService $sandbox.BaseUri -PassThru
        $connection.MinimumTlsVersion | Should -Be '1.2'
        $connection.MaxResponseSizeMB | Should -Be 100
        $connection.ProxyBypass | Should -BeNullOrEmpty
        (Connect-ChatService $sandbox.BaseUri -ProxyBypass $env:CHATPS_NOT_SET -PassThru).ProxyBypass | Should -BeNullOrEmpty
        $connection.ClientCertificateThumbprint | Should -BeNullOrEmpty
    }

    It 'takes no other version of TLS than 1.2 and 1.3' {
        { Connect-ChatService 'https://example.com' -MinimumTlsVersion 1.1 } | Should -Throw '*1.2*'
    }

    It 'ends an answer that is larger than -MaxResponseSizeMB' {
        $big = (Start-ChatSandbox Big -Response ('x' * 2MB)).BaseUri
        try {
            Connect-ChatService $big -Model sandbox-mini -MaxResponseSizeMB 1
            $failure = Get-Failure { Invoke-ChatCompletion hi }
            $failure.FullyQualifiedErrorId | Should -BeLike 'BadResponse,*'
            Get-Advice $failure | Should -BeLike '*-MaxResponseSizeMB*'
            (Get-Failure { Invoke-ChatCompletion hi -Stream }).FullyQualifiedErrorId | Should -BeLike 'BadResponse,*'
            Connect-ChatService $big -Model sandbox-mini
            (Invoke-ChatCompletion hi).Text.Length | Should -Be 2MB
        }
        finally {
            Stop-ChatSandbox Big
        }
    }

    It 'lets a key travel over plain HTTP with -AllowInsecure' {
        (Connect-ChatService 'http://example.com' -ApiKey sk-test-1 -AllowInsecure -PassThru).AllowInsecure | Should -BeTrue
    }

    It 'paces requests with -TokensPerMinute' {
        Connect-ChatService $sandbox.BaseUri -Model sandbox-mini -TokensPerMinute 6000
        $lines = 'one', 'two', ('word ' * 400), 'four' | Invoke-ChatCompletion -ThrottleLimit 1 -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        $lines -join "`n" | Should -BeLike '*waiting*-TokensPerMinute is 6000*'
    }

    It 'paces requests with -RequestsPerMinute' {
        Connect-ChatService $sandbox.BaseUri -RequestsPerMinute 600
        { Get-ChatModel; Get-ChatModel } | Should -Not -Throw
    }
}

Describe 'The environment' {
    BeforeEach {
        Disconnect-ChatService *
    }

    AfterEach {
        $env:OPENAI_API_KEY = $env:OPENAI_BASE_URL = $env:OPENAI_MODEL = $null
    }

    It 'is enough, without any connection' {
        try {
            $env:OPENAI_BASE_URL = "http://127.0.0.1:$((Start-ChatSandbox Keyed -RequireKey sk-test-environment).Port)"
            $env:OPENAI_API_KEY = 'sk-test-environment'
            $env:OPENAI_MODEL = 'sandbox-large'
            $answer = Invoke-ChatCompletion hi
            $answer.Model | Should -Be 'sandbox-large'
            $answer.Connection | Should -Be 'Environment'
        }
        finally {
            Stop-ChatSandbox Keyed
        }
    }

    It 'needs no key for a server on this machine' {
        $env:OPENAI_BASE_URL = $sandbox.BaseUri
        (Get-ChatModel).Count | Should -BeGreaterThan 1
        (Get-TestRequest | Select-Object -Last 1).Headers.ContainsKey('Authorization') | Should -BeFalse
    }

    It 'never gives its key to an address that was named' {
        $env:OPENAI_API_KEY = 'sk-test-environment'
        (Connect-ChatService $sandbox.BaseUri -PassThru).KeySource | Should -Be 'None'
        $null = Get-ChatModel
        (Get-TestRequest | Select-Object -Last 1).Headers.ContainsKey('Authorization') | Should -BeFalse
    }

    It 'gives its key and address to Connect-ChatService without an address' {
        $env:OPENAI_API_KEY = 'sk-test-environment'
        $env:OPENAI_BASE_URL = $sandbox.BaseUri
        $connection = Connect-ChatService -PassThru
        $connection.KeySource | Should -Be 'OPENAI_API_KEY'
        $connection.BaseUri | Should -Be $sandbox.BaseUri
    }

    It 'says which proxy to use, and for which hosts not' {
        $lines = Invoke-Child -ArgumentList $ModulePath, $sandbox.BaseUri.GetLeftPart('Authority') {
            param($Module, $Proxy)
            $env:http_proxy = $Proxy
            $env:no_proxy = '.corp.example'
            Import-Module $Module
            foreach ($name in 'far.example', 'near.corp.example', 'listed.example') {
                Connect-ChatService "http://$name" -ProxyBypass listed.example -MaxRetry 0 -Model sandbox-mini
                try { (Invoke-ChatCompletion hi -ErrorAction Stop).Text } catch { $_.FullyQualifiedErrorId -replace ',.*' }
            }
        }
        $lines | Should -Be 'You said: hi', 'ConnectionFailed', 'ConnectionFailed'
    }

    It 'is missed with a clear error' {
        $failure = @(Get-Failure { Get-ChatModel })
        $failure.Count | Should -Be 1
        Get-Advice $failure[0] | Should -BeLike '*OPENAI_API_KEY*Connect-ChatService*'
        $failure[0].FullyQualifiedErrorId | Should -Match '^(AuthenticationFailed|InvalidRequest),'
    }
}

Describe 'The default connection' {
    BeforeEach {
        Disconnect-ChatService *
        Connect-ChatService $sandbox.BaseUri -Name Shared
        $shell = New-TestShell
    }

    AfterEach {
        $shell.Runspace.Dispose()
        $shell.Dispose()
    }

    It 'is shared with other runspaces' {
        $shell.AddScript('(Get-ChatModel)[0].Connection').Invoke() | Should -Be 'Shared'
    }

    It 'is the one that the runspace itself connected' {
        $null = $shell.AddScript('param($Uri) Connect-ChatService $Uri -Name Theirs').AddArgument($sandbox.BaseUri).Invoke()
        $shell.Commands.Clear()
        Connect-ChatService $sandbox.BaseUri -Name Ours
        $shell.AddScript('(Get-ChatModel)[0].Connection').Invoke() | Should -Be 'Theirs'
        (Get-ChatModel)[0].Connection | Should -Be 'Ours'
    }

    It 'stays in its runspace with -Isolated' {
        $null = $shell.AddScript('param($Uri) Connect-ChatService $Uri -Name Mine -Isolated').AddArgument($sandbox.BaseUri).Invoke()
        $shell.Commands.Clear()
        $shell.AddScript('(Get-ChatModel)[0].Connection').Invoke() | Should -Be 'Mine'
        (Get-ChatConnection).Name | Should -Be 'Shared'
        (Get-ChatModel)[0].Connection | Should -Be 'Shared'
        @(Get-Failure { Get-ChatModel -Connection Mine }).Count | Should -Be 1
    }
}
