BeforeAll {
    . $PSScriptRoot/common.ps1
    $sandbox = Start-ChatSandbox Test
    $SavedConfig = $env:CHATPS_CONFIG
    $env:CHATPS_CONFIG = Join-Path $TestDrive 'config'
    $null = New-Item -ItemType Directory $env:CHATPS_CONFIG
}

AfterAll {
    $env:CHATPS_CONFIG = $SavedConfig
    Clear-Test
}

Describe 'Connect-ChatService -Provider' {
    BeforeEach {
        Disconnect-ChatService *
    }

    AfterEach {
        $env:GROQ_API_KEY = $env:OPENAI_API_KEY = $env:OPENAI_BASE_URL = $null
        Remove-Item (Join-Path $env:CHATPS_CONFIG '*') -Recurse
    }

    It 'takes address, dialect, key and name from the provider' {
        $env:GROQ_API_KEY = 'sk-test-groq'
        $connection = Connect-ChatService -Provider groq -PassThru
        $connection.Name | Should -Be 'Groq'
        $connection.Provider | Should -Be 'Groq'
        $connection.Dialect | Should -Be 'OpenAI'
        $connection.BaseUri | Should -Be 'https://api.groq.com/openai/v1'
        $connection.KeySource | Should -Be 'GROQ_API_KEY'
    }

    It 'refuses a provider that needs a key where there is none' {
        $failure = @(Get-Failure { Connect-ChatService -Provider Groq })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        "$($failure[0])" | Should -BeLike '*GROQ_API_KEY*'
    }

    It 'needs no key for a server on this machine' {
        $connection = Connect-ChatService -Provider Ollama -PassThru
        $connection.BaseUri | Should -Be 'http://127.0.0.1:11434/v1'
        $connection.KeySource | Should -Be 'None'
    }

    It 'names the providers that are near' {
        $failure = @(Get-Failure { Connect-ChatService -Provider Grok })
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure[0] | Should -BeLike '*Groq*'
    }

    It 'does not send a provider''s key to another address, and says so' {
        $env:OPENAI_API_KEY = 'sk-test-openai'
        $warnings = Connect-ChatService -Provider OpenAI -BaseUri $sandbox.BaseUri 3>&1
        "$warnings" | Should -BeLike '*OPENAI_API_KEY is not sent*'
        "$warnings" | Should -Not -BeLike '*sk-test*'
        $null = Get-ChatModel
        (Get-TestRequest | Select-Object -Last 1).Headers.ContainsKey('Authorization') | Should -BeFalse
    }

    It 'sends it where that is said' {
        $env:OPENAI_API_KEY = 'sk-test-openai'
        (Connect-ChatService -Provider OpenAI -BaseUri $sandbox.BaseUri -ApiKeyVariable OPENAI_API_KEY -PassThru).KeySource | Should -Be 'OPENAI_API_KEY'
        $null = Get-ChatModel
        (Get-TestRequest | Select-Object -Last 1).Headers['Authorization'] | Should -Be 'Bearer ****'
    }

    It 'takes the gateway that the environment names before OpenAI' {
        $env:OPENAI_API_KEY = 'sk-test-openai'
        $env:OPENAI_BASE_URL = $sandbox.BaseUri
        $connection = Connect-ChatService -Provider OpenAI -PassThru
        $connection.BaseUri | Should -Be $sandbox.BaseUri
        $connection.KeySource | Should -Be 'OPENAI_API_KEY'
    }

    It 'asks for an address where the provider has none' {
        $env:OPENAI_API_KEY = 'sk-test-openai'
        Get-Advice @(Get-Failure { Connect-ChatService -Provider Custom })[0] | Should -BeLike '*-BaseUri*'
        (Connect-ChatService -Provider Custom -BaseUri $sandbox.BaseUri -PassThru).KeySource | Should -Be 'None'
    }

    It 'refuses a parameter that the provider refuses' {
        Connect-ChatService -Provider Mistral -BaseUri $sandbox.BaseUri -Model sandbox-mini
        $before = @(Get-TestRequest).Count
        $failure = @(Get-Failure { Invoke-ChatCompletion hi -Seed 1 })
        "$($failure[0])" | Should -BeLike '*-Seed: Mistral*'
        @(Get-TestRequest).Count | Should -Be $before
    }

    It 'knows providers of the user''s own' {
        @{ Ours = @{ baseUri = "$($sandbox.BaseUri)"; keyVariables = @('OURS_TEST_KEY') }; Odd = @{ baseUri = 'https://odd.example'; dialect = 'Klingon' } } |
            ConvertTo-Json -Depth 5 | Set-Content (Join-Path $env:CHATPS_CONFIG 'providers.json')
        $env:OURS_TEST_KEY = 'sk-test-ours'
        try {
            (Connect-ChatService -Provider Ours -PassThru).KeySource | Should -Be 'OURS_TEST_KEY'
            (Invoke-ChatCompletion hi -Model sandbox-mini).Text | Should -Be 'You said: hi'
            $provider = Get-ChatProvider ours
            $provider.IsKeySet | Should -BeTrue
            $provider.Source | Should -BeLike '*providers.json'
            "$(@(Get-Failure { Connect-ChatService -Provider Odd })[0])" | Should -BeLike "*'Odd' of*'Klingon'*"
        }
        finally {
            $env:OURS_TEST_KEY = $null
        }
    }

    It 'are not read from a file of somebody else in a folder for all' -Skip:(-not ($IsLinux -and (id -u) -eq 0)) {
        $shared = New-Item (Join-Path $TestDrive 'shared') -ItemType Directory
        $path = Join-Path $shared 'providers.json'
        Set-Content $path '{}'
        chmod 1777 $shared.FullName
        chmod 644 $path
        chown 65534 $path
        $saved = $env:CHATPS_CONFIG
        try {
            $env:CHATPS_CONFIG = $shared.FullName
            $failure = Get-Failure { Get-ChatProvider Ollama }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
            Get-Advice $failure | Should -BeLike '*belongs to somebody else*chown*'
            chown 0 $path
            (Get-ChatProvider Ollama).Name | Should -Be 'Ollama'
        }
        finally {
            $env:CHATPS_CONFIG = $saved
        }
    }

    It 'says what is wrong with the user''s file' {
        Set-Content (Join-Path $env:CHATPS_CONFIG 'providers.json') "{`n oops"
        "$(@(Get-Failure { Connect-ChatService -Provider Ollama })[0])" | Should -BeLike '*providers.json*line 2*'
        "$(@(Get-Failure { Get-ChatProvider })[0])" | Should -BeLike '*providers.json*line 2*'
    }

    It 'completes providers' {
        $line = 'Connect-ChatService -Provider Open'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'OpenAI', 'OpenRouter'
    }
}

Describe 'Get-ChatProvider' {
    It 'lists providers by name' {
        $all = Get-ChatProvider
        $all.Count | Should -BeGreaterThan 28
        $all.Name | Should -Be ($all.Name | Sort-Object)
        $all | ForEach-Object { $_ | Should -BeOfType ChatPS.ChatProvider }
        (Get-ChatProvider ollama).IsLocal | Should -BeTrue
        (Get-ChatProvider Azure*).NeedsBaseUri | Should -BeTrue
        (Get-ChatProvider Groq).KeyVariable | Should -Be 'GROQ_API_KEY'
        'Groq', 'XAI' | Get-ChatProvider | Should -HaveCount 2
        "$(Get-ChatProvider Groq)" | Should -Be 'Groq'
    }

    It 'says that there is no such provider' {
        @(Get-Failure { Get-ChatProvider nowhere })[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-ChatProvider none* | Should -BeNullOrEmpty
    }
}

Describe 'Find-ChatService' {
    It 'finds a server at a port and connects to it' {
        $found = @(Find-ChatService -Port $sandbox.Port -TimeoutSec 10 | Where-Object { $_.BaseUri.Port -eq $sandbox.Port })
        $found.Count | Should -Be 1
        $found[0] | Should -BeOfType ChatPS.ChatLocalService
        $found[0].Provider | Should -Be 'Custom'
        $found[0].Models | Should -Contain 'sandbox-mini'
        $found[0].ModelCount | Should -Be $found[0].Models.Count
        $connection = $found | Connect-ChatService -Model sandbox-mini -PassThru
        $connection.Name | Should -Be "Custom-$($sandbox.Port)"
        (Invoke-ChatCompletion hi).Text | Should -Be 'You said: hi'
    }

    It 'never sends a key' {
        $env:OPENAI_API_KEY = 'sk-test-environment'
        try {
            $null = Find-ChatService $sandbox.Port
            Get-TestRequest | Select-Object -Last 8 | ForEach-Object { $_.Headers.ContainsKey('Authorization') | Should -BeFalse }
        }
        finally {
            $env:OPENAI_API_KEY = $null
        }
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a port that is none'; Script = { Find-ChatService 70000 }; Like = '*-Port*' }
        @{ What = 'no time'; Script = { Find-ChatService -TimeoutSec 0 }; Like = '*-TimeoutSec*' }
    ) {
        "$(@(Get-Failure $Script)[0])" | Should -BeLike $Like
    }
}

Describe 'A model named with its connection' {
    BeforeAll {
        Disconnect-ChatService *
        Connect-ChatService $sandbox.BaseUri -Name Claude -Model sandbox-large
        Connect-ChatService $sandbox.BaseUri -Name Other -Model sandbox-mini
    }

    It 'goes to that connection' {
        $answer = Invoke-ChatCompletion hi -Model claude/sandbox-mini
        $answer.Connection | Should -Be 'Claude'
        $answer.Model | Should -Be 'sandbox-mini'
        (Invoke-ChatTextCompletion hi -Model claude/sandbox-instruct).Connection | Should -Be 'Claude'
        (Get-ChatModel claude/sandbox-m*).Connection | Select-Object -Unique | Should -Be 'Claude'
    }

    It 'goes as it is where there is no such connection, or one is named' {
        $null = Get-Failure { Invoke-ChatCompletion hi -Model nowhere/sandbox-mini }
        Get-TestMember model | Should -Be '"nowhere/sandbox-mini"'
        $null = Get-Failure { Invoke-ChatCompletion hi -Model claude/sandbox-mini -Connection Other }
        Get-TestMember model | Should -Be '"claude/sandbox-mini"'
    }

    It 'is the same run to a checkpoint as the two given apart' {
        $path = Join-Path $TestDrive 'run.jsonl'
        $first = 'a' | Invoke-ChatCompletion -Model claude/sandbox-mini -CheckpointPath $path
        $before = @(Get-TestRequest).Count
        $again = 'a' | Invoke-ChatCompletion -Model sandbox-mini -Connection Claude -CheckpointPath $path
        $again.Text | Should -Be $first.Text
        @(Get-TestRequest).Count | Should -Be $before
    }
}
