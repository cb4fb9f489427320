BeforeAll {
    . $PSScriptRoot/common.ps1
    $key = 'sk-test-' + [guid]::NewGuid().ToString('N')

    # On systems without DPAPI a serialised secure string is the hexadecimal form of its text.
    $hex = -join ([Text.Encoding]::Unicode.GetBytes($key) | ForEach-Object { $_.ToString('x2') })

    function Assert-NoKey([string] $Text) {
        $Text | Should -Not -BeNullOrEmpty
        $Text.Contains($key) | Should -BeFalse -Because 'the key is shown nowhere'
        $Text.ToLowerInvariant().Contains($hex) | Should -BeFalse -Because 'nor is its hexadecimal form'
    }

    function Get-EveryForm($Object) {
        $file = Join-Path $TestDrive 'object.xml'
        $Object | Export-Clixml $file -Depth 4
        Get-Content $file -Raw
        $Object | Format-List * -Force | Out-String -Width 500
        $Object | Out-String -Width 500
        foreach ($item in $Object) {
            # As JSON an error record is all of its command and session, which takes seconds; the exception is what we make of it.
            if ($item -is [Management.Automation.ErrorRecord]) {
                $item = $item | Select-Object Exception, TargetObject, ErrorDetails, FullyQualifiedErrorId, CategoryInfo
            }

            $item | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
        }
    }
}

AfterAll {
    Clear-Test
}

Describe 'The key' {
    It 'is in no stream of <What>, with -Verbose and -Debug' -ForEach @(
        @{ What = 'a chat'; Script = { Invoke-ChatCompletion hi @loud } }
        @{ What = 'a streamed chat'; Script = { Invoke-ChatCompletion hi -Stream @loud } }
        @{ What = 'a text completion'; Script = { Invoke-ChatTextCompletion hi @loud } }
        @{ What = 'a list of models'; Script = { Get-ChatModel @loud } }
        @{ What = 'a moderation'; Script = { 'hi' | Test-ChatModeration @loud } }
        @{ What = 'a test of the connection'; Script = { Test-ChatConnection @loud } }
        @{ What = 'connecting'; Script = { Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Test -ApiKey $key -PassThru @loud } }
        @{ What = 'a look at the sandbox'; Script = { $null = Get-ChatModel; Get-ChatSandboxRequest @loud } }
        @{ What = 'a call that is tried again and fails'; Script = { Invoke-ChatCompletion hi -MaxRetry 1 @loud }; Fault = @{ StatusCode = 500; RetryAfterSec = 0.01 } }
        @{ What = 'a call that is refused'; Script = { Invoke-ChatCompletion hi @loud }; Fault = 401 }
        @{ What = 'a call that is cut off'; Script = { Invoke-ChatCompletion hi @loud }; Fault = 'Reset' }
    ) {
        $fault = if ($_.ContainsKey('Fault')) { @{ Fault = $Fault } } else { @{} }
        Connect-TestSandbox $fault @{ ApiKey = $key; AdditionalHeader = @{ 'X-Vendor' = 'yes' } }
        $loud = @{ Verbose = $true }
        if ($PSVersionTable.PSVersion.Major -ge 7) {
            $loud.Debug = $true
        }

        $ErrorActionPreference = 'Continue'
        $output = & $Script *>&1
        Assert-NoKey (Get-EveryForm $output | Out-String)
    }

    It 'is in no error record, even where the service quotes it' {
        Connect-TestSandbox @{ RequireKey = 'sk-test-other'; Response = 'unused' } @{ ApiKey = $key }
        $failure = Get-Failure { Invoke-ChatCompletion hi }
        Assert-NoKey (Get-EveryForm $failure | Out-String)
        Assert-NoKey ($failure | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue)
        Assert-NoKey ([Management.Automation.PSSerializer]::Serialize($failure.Exception, 6))

        Connect-TestSandbox @{ Response = @{ Path = '*'; StatusCode = 401; Response = "Incorrect API key provided: $key." } } @{ ApiKey = $key }
        foreach ($script in { Invoke-ChatCompletion hi }, { Invoke-ChatCompletion hi -Stream }, { Get-ChatModel }, { Test-ChatModeration hi }) {
            $failure = Get-Failure $script
            Assert-NoKey (Get-EveryForm $failure | Out-String)
            Assert-NoKey $failure.Exception.ToString()
        }

        Assert-NoKey (Get-EveryForm (Test-ChatConnection) | Out-String)
    }

    It 'is in no error record of a connection that cannot be made' {
        $failure = Get-Failure { Connect-ChatService 'http://example.com' -ApiKey $key }
        $failure | Should -Not -BeNullOrEmpty
        Assert-NoKey (Get-EveryForm $failure | Out-String)
        $failure = Get-Failure { Connect-ChatService 'https://example.com' -ApiKey "$key`n" }
        $failure | Should -Not -BeNullOrEmpty
        Assert-NoKey (Get-EveryForm $failure | Out-String)
    }

    It 'is in no answer, even where the service echoes it' {
        Connect-TestSandbox @{ Response = @{ Response = @{ id = 'x'; key = $key; choices = @(@{ message = @{ role = 'assistant'; content = 'hi' }; finish_reason = 'stop' }) } } } @{ ApiKey = $key }
        Assert-NoKey (Get-EveryForm (Invoke-ChatCompletion hi) | Out-String)
    }

    It 'is in no connection, test or sandbox that is emitted' {
        Connect-TestSandbox @{ RequireKey = $key } @{ ApiKey = $key }
        $null = Get-ChatModel
        Assert-NoKey (Get-ChatConnection | ConvertTo-Json -Depth 5)
        Assert-NoKey (Get-EveryForm @((Get-ChatConnection), (Test-ChatConnection), (Get-ChatSandboxRequest Test), (Start-ChatSandbox Keyed -RequireKey $key)) | Out-String)
        Stop-ChatSandbox Keyed
    }

    It 'is not in the variables of the session' {
        Connect-TestSandbox @{ Fault = 401 } @{ ApiKey = $key }
        $null = Get-Failure { Invoke-ChatCompletion hi }
        Assert-NoKey ($global:Error | Select-Object -First 3 | Format-List * -Force | Out-String)
    }

    It 'is a secure string from the parameter on' {
        (Get-Command Connect-ChatService).Parameters['ApiKey'].ParameterType | Should -Be ([securestring])
        (Get-Command Start-ChatSandbox).Parameters['RequireKey'].ParameterType | Should -Be ([securestring])
    }
}

Describe 'A transcript' {
    It 'holds neither the key nor, unless it is asked for, more of the prompt than finds the item' {
        $file = Join-Path $TestDrive 'transcript.txt'
        $script = Join-Path $TestDrive 'transcript.ps1'
        Set-Content $script {
            param($Path, $File)
            Import-Module $Path
            $question = 'please sort this: ' * 3 + 'my private ' + 'question'
            $null = Start-Transcript $File
            $sandbox = Start-ChatSandbox -Response 'a harmless answer' -Fault @{ StatusCode = 401; Every = 3 }
            Connect-ChatService $sandbox.BaseUri -Model sandbox-mini -ApiKey $env:CHATPS_TEST_KEY -MaxRetry 0 -Verbose
            $question | Invoke-ChatCompletion -Verbose | Out-Default
            $question | Test-ChatModeration -Quiet -Verbose | Out-Default
            Get-ChatConnection | Out-Default
            $question | Invoke-ChatCompletion -Verbose
            'end mark' | Out-Default
            $null = Stop-Transcript
        }
        try {
            $env:CHATPS_TEST_KEY = $key
            $null = Invoke-PowerShell -NoProfile -NonInteractive -File $script $ModulePath $file 2>&1
        }
        finally {
            $env:CHATPS_TEST_KEY = $null
        }

        $text = Get-Content $file -Raw
        $text | Should -BeLike '*a harmless answer*Incorrect API key*end mark*'
        Assert-NoKey $text
        $text | Should -Not -BeLike '*my private question*'
    }
}

Describe 'A key in a header of its own' {
    It 'is in no error and no answer that quotes it: <Where>' -ForEach @(
        @{ Where = 'of the connection'; Connection = @{ AdditionalHeader = @{ 'api-key' = 'sk-test-in-a-header' } }; Call = @{} }
        @{ Where = 'of the call'; Connection = @{}; Call = @{ AdditionalHeader = @{ 'X-Auth' = 'Bearer sk-test-in-a-header' } } }
        @{ Where = 'of the query'; Connection = @{}; Call = @{ AdditionalQuery = @{ key = 'sk-test-in-a-header' } } }
        @{ Where = 'of the body'; Connection = @{}; Call = @{ AdditionalBody = @{ token = 'sk-test-in-a-header' } } }
    ) {
        Connect-TestSandbox @{ Response = @{ '*wrong*' = 'x' }, @{ '*' = 'Your key is sk-test-in-a-header.' } } $Connection
        (Invoke-ChatCompletion 'hi' @Call).Raw | Should -Not -BeLike '*in-a-header*'

        Connect-TestSandbox @{ Fault = @{ StatusCode = 401; ErrorMessage = 'Incorrect API key provided: sk-test-in-a-header.' } } $Connection
        $failure = Get-Failure { Invoke-ChatCompletion 'hi' @Call }
        ($failure | Format-List * -Force | Out-String) + $failure.Exception.ResponseBody | Should -Not -BeLike '*in-a-header*'
    }

    It 'does not travel over plain HTTP' {
        $failure = Get-Failure { Connect-ChatService http://service.example.com -AdditionalHeader @{ 'api-key' = 'sk-test-in-a-header' } }
        "$failure" | Should -BeLike '*plain HTTP*'
    }
}
