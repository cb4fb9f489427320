# Which connection a command uses that names none, and who says so.
BeforeAll {
    . $PSScriptRoot/common.ps1
    $sandbox = Start-ChatSandbox Test

    function Get-Default {
        (Get-ChatConnection | Where-Object IsDefault).Name
    }

    function New-ConfigurationFolder {
        $env:CHATPS_CONFIG = Join-Path $TestDrive ([guid]::NewGuid())
    }
}

AfterAll {
    Clear-Test
}

Describe 'A connection that is there' {
    BeforeEach {
        Disconnect-ChatService *
        New-ConfigurationFolder
        Connect-ChatService $sandbox.BaseUri -Name Work -ApiKey sk-test-work-1 -Model sandbox-large -MaxRetry 7 -Organization org
        Connect-ChatService $sandbox.BaseUri -Name Other -Model sandbox-mini
    }

    It 'becomes the default as it is: <Way>' -ForEach @(
        @{ Way = 'piped'; Script = { Get-ChatConnection Work | Connect-ChatService } }
        @{ Way = 'named'; Script = { Connect-ChatService -Name work } }
    ) {
        & $Script
        Get-Default | Should -Be 'Work'
        $answer = Invoke-ChatCompletion hi
        $answer.Model | Should -Be 'sandbox-large'
        (Get-TestRequest | Select-Object -Last 1).Headers['Authorization'] | Should -Be 'Bearer ****'
        $now = Get-ChatConnection Work
        $now.KeySource, $now.MaxRetry, $now.Organization | Should -Be 'Parameter', 7, 'org'
        @(Get-ChatConnection).Count | Should -Be 2
    }

    It 'is changed in what is given, and keeps the rest: <Way>' -ForEach @(
        @{ Way = 'piped'; Script = { Get-ChatConnection Work | Connect-ChatService -Model sandbox-mini } }
        @{ Way = 'named'; Script = { Connect-ChatService -Name Work -Model sandbox-mini } }
    ) {
        & $Script
        $now = Get-ChatConnection Work
        $now.IsDefault, $now.Model, $now.KeySource, $now.MaxRetry | Should -Be $true, 'sandbox-mini', 'Parameter', 7
    }

    It 'is copied under another name' {
        Get-ChatConnection Work | Connect-ChatService -Name Copy -MaxRetry 1
        $copy = Get-ChatConnection Copy
        $copy.IsDefault, $copy.Model, $copy.KeySource, $copy.MaxRetry | Should -Be $true, 'sandbox-large', 'Parameter', 1
        (Get-ChatConnection Work).MaxRetry | Should -Be 7
    }

    It 'keeps its key from another address' {
        $failure = @(Get-Failure { Get-ChatConnection Work | Connect-ChatService -BaseUri https://other.example })
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failure[0])" | Should -BeLike "*the key of connection 'Work'*not sent to other.example*"
        (Get-ChatConnection Work).BaseUri | Should -Be $sandbox.BaseUri
        Get-ChatConnection Work | Connect-ChatService -BaseUri https://other.example -ApiKey sk-test-other-1
        (Get-ChatConnection Work).BaseUri.Host | Should -Be 'other.example'
    }

    It 'gives way to a new one where an address is given' {
        Connect-ChatService $sandbox.BaseUri -Name Work
        $now = Get-ChatConnection Work
        "$($now.Model)", $now.KeySource | Should -Be '', 'None'
    }

    It 'is refused where it is gone' {
        $gone = Get-ChatConnection Work
        Disconnect-ChatService Work
        "$(@(Get-Failure { $gone | Connect-ChatService })[0])" | Should -BeLike "*'Work'*not there any more*"
    }

    It 'stays in its runspace' {
        Connect-ChatService $sandbox.BaseUri -Name Mine -Isolated
        Connect-ChatService -Name Other
        Connect-ChatService -Name Mine
        Get-Default | Should -Be 'Mine'
        $shell = New-TestShell
        $shell.AddScript('Get-ChatConnection | Where-Object IsDefault').Invoke().Name | Should -Be 'Other'
        $shell.Runspace.Dispose()
    }
}

Describe 'A name that nothing has' {
    BeforeEach {
        Disconnect-ChatService *
        New-ConfigurationFolder
        Connect-ChatService $sandbox.BaseUri -Name Work -Model sandbox-mini
    }

    It 'connects to nothing' {
        $env:OPENAI_API_KEY = 'sk-test-environment'
        $failure = @(Get-Failure { Connect-ChatService -Name Nowhere })
        $env:OPENAI_API_KEY = $null
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failure[0])" | Should -BeLike "*neither a connection nor a saved connection 'Nowhere'*"
        (Get-ChatConnection).Name | Should -Be 'Work'
    }

    It 'is that of a saved connection where there is one: <Way>' -ForEach @(
        @{ Way = 'Connect-ChatService -Name'; Script = { Connect-ChatService -Name Saved; (Invoke-ChatCompletion hi).Connection } }
        @{ Way = '-Connection'; Script = { (Invoke-ChatCompletion hi -Connection saved).Connection } }
        @{ Way = 'Test-ChatConnection'; Script = { (Test-ChatConnection Saved).Connection } }
    ) {
        Connect-ChatService $sandbox.BaseUri -Name Saved -Model sandbox-large
        Save-ChatConnection
        Disconnect-ChatService Saved -Quiet
        Connect-ChatService -Name Work
        & $Script | Should -Be 'Saved'
        (Get-ChatConnection Saved).Profile | Should -Be 'Saved'
    }

    It 'that is connected by -Connection does not become the default' {
        Connect-ChatService $sandbox.BaseUri -Name Saved -Model sandbox-large
        Save-ChatConnection
        Disconnect-ChatService Saved -Quiet
        Connect-ChatService -Name Work
        $null = Invoke-ChatCompletion hi -Connection Saved
        Get-Default | Should -Be 'Work'
    }
}

Describe 'A failed Connect-ChatService' {
    BeforeEach {
        Disconnect-ChatService *
        New-ConfigurationFolder
        Connect-ChatService $sandbox.BaseUri -Name Work -Model sandbox-mini
    }

    AfterEach {
        $env:OPENAI_API_KEY = $env:OPENAI_BASE_URL = $null
    }

    It 'leaves no default behind: <What>' -ForEach @(
        @{ What = 'an unknown provider'; Script = { Connect-ChatService -Provider Nobody } }
        @{ What = 'no scheme'; Script = { Connect-ChatService other.example } }
        @{ What = 'no such profile'; Script = { Connect-ChatService -Profile nowhere } }
        @{ What = 'no such variable'; Script = { Connect-ChatService https://other.example -ApiKeyVariable NO_SUCH_TEST_KEY } }
        @{ What = 'no such name'; Script = { Connect-ChatService -Name nowhere } }
        @{ What = 'a bad row'; Script = { [pscustomobject]@{ Name = 'x'; BaseUri = 'nowhere' } | Connect-ChatService } }
    ) {
        $env:OPENAI_API_KEY = 'sk-test-environment'
        $env:OPENAI_BASE_URL = $sandbox.BaseUri
        $before = @(Get-TestRequest).Count
        $null = Get-Failure $Script
        $failure = @(Get-Failure { Invoke-ChatCompletion hi })
        $failure.Count | Should -Be 1
        "$($failure[0])" | Should -BeLike '*no default connection*last Connect-ChatService failed*'
        @(Get-TestRequest).Count | Should -Be $before
        Get-Default | Should -BeNullOrEmpty
        (Invoke-ChatCompletion hi -Connection Work).Text | Should -Be 'You said: hi'
    }

    It 'is forgotten by <Way>' -ForEach @(
        @{ Way = 'the next success'; Script = { Connect-ChatService -Name Work }; Connection = 'Work' }
        @{ Way = 'Disconnect-ChatService *'; Script = { Disconnect-ChatService * }; Connection = 'Environment' }
    ) {
        $env:OPENAI_BASE_URL = $sandbox.BaseUri
        $null = Get-Failure { Connect-ChatService other.example }
        & $Script
        (Invoke-ChatCompletion hi -Model sandbox-mini).Connection | Should -Be $Connection
    }

    It 'changes nothing with -WhatIf' {
        $null = Get-Failure { Connect-ChatService other.example -WhatIf }
        (Invoke-ChatCompletion hi).Connection | Should -Be 'Work'
    }

    It 'concerns its runspace alone' {
        $shell = New-TestShell
        $null = Get-Failure { Connect-ChatService other.example }
        $shell.AddScript('(Invoke-ChatCompletion hi).Connection').Invoke() | Should -Be 'Work'
        $shell.Runspace.Dispose()
    }
}

Describe 'A saved default' {
    BeforeEach {
        Disconnect-ChatService *
        New-ConfigurationFolder
        Connect-ChatService $sandbox.BaseUri -Name Work -Model sandbox-large
        Save-ChatConnection -Default
    }

    It 'is taken up by a new session' {
        $text = Invoke-Child -ArgumentList $ModulePath, $env:CHATPS_CONFIG {
            param($Module, $Folder)
            $env:CHATPS_CONFIG = $Folder
            Import-Module $Module
            $answer = Invoke-ChatCompletion hi
            "$($answer.Connection) $($answer.Model) $((Get-ChatConnection).IsDefault)"
        }
        $text | Should -Be 'Work sandbox-large True'
    }

    It 'is not taken up where anything is connected, nor before OPENAI_API_KEY says otherwise' {
        Connect-ChatService $sandbox.BaseUri -Name Other -Model sandbox-mini
        (Invoke-ChatCompletion hi).Connection | Should -Be 'Other'
        Disconnect-ChatService *
        $env:OPENAI_BASE_URL = $sandbox.BaseUri
        (Invoke-ChatCompletion hi).Connection | Should -Be 'Work'
        $env:OPENAI_BASE_URL = $null
    }

    It 'is shown, moved, taken back and removed' {
        (Get-ChatConnection -Saved).IsDefault | Should -BeTrue
        Connect-ChatService $sandbox.BaseUri -Name Other
        Save-ChatConnection Other -Default
        (Get-ChatConnection -Saved | Where-Object IsDefault).Name | Should -Be 'Other'
        Disconnect-ChatService *
        Save-ChatConnection Work -Default
        (Get-ChatConnection -Saved | Where-Object IsDefault).Name | Should -Be 'Work' -Because 'what is saved need not be connected'
        Save-ChatConnection Work -Default:$false
        Get-ChatConnection -Saved | Where-Object IsDefault | Should -BeNullOrEmpty
        Save-ChatConnection Work -Default
        Remove-ChatConnection Work
        "$(@(Get-Failure { Invoke-ChatCompletion hi })[0])" | Should -BeLike '*There is no connection*'
    }

    It 'is saved again only where it says the same' {
        { Save-ChatConnection -Default -ErrorAction Stop } | Should -Not -Throw
        Connect-ChatService -Name Work -MaxRetry 9
        "$(@(Get-Failure { Save-ChatConnection -Default })[0])" | Should -BeLike '*already*'
    }

    It 'takes its key from where the profile says' {
        $env:SAVED_DEFAULT_TEST_KEY = 'sk-test-saved-default'
        Connect-ChatService $sandbox.BaseUri -Name Work -ApiKeyVariable SAVED_DEFAULT_TEST_KEY -Model sandbox-mini
        Save-ChatConnection -Default -Force
        Disconnect-ChatService *
        $null = Invoke-ChatCompletion hi
        (Get-ChatConnection Work).KeySource | Should -Be 'SAVED_DEFAULT_TEST_KEY'
        Disconnect-ChatService *
        $env:SAVED_DEFAULT_TEST_KEY = $null
        "$(@(Get-Failure { Invoke-ChatCompletion hi })[0])" | Should -BeLike '*SAVED_DEFAULT_TEST_KEY*not set*' -Because 'nothing else is used instead'
    }

    It 'to the sandbox is kept with a warning' {
        Connect-ChatService -Sandbox -Name Own
        Save-ChatConnection -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*sandbox*ends*'
        Stop-ChatSandbox Own
    }
}

Describe 'The line that says where one is connected to' {
    BeforeEach {
        Disconnect-ChatService *
        New-ConfigurationFolder
    }

    It 'names service, address, model and the origin of the key, never the key' {
        $line = Connect-ChatService $sandbox.BaseUri -Name Work -ApiKey sk-test-work-1 -Model m1 6>&1
        @($line).Count | Should -Be 1
        "$line" | Should -Be "Connected to 'Work', OpenAI at $($sandbox.BaseUri.AbsoluteUri.TrimEnd('/')); model m1; key from Parameter."
    }

    It 'is not there: <Way>' -ForEach @(
        @{ Way = '-Quiet'; Script = { Connect-ChatService $sandbox.BaseUri -Quiet } }
        @{ Way = '-PassThru'; Script = { (Connect-ChatService $sandbox.BaseUri -PassThru) | Where-Object { $_ -isnot [ChatPS.ChatConnection] } } }
        @{ Way = 'assignment'; Script = { $null = Connect-ChatService $sandbox.BaseUri } }
        @{ Way = 'Out-Null'; Script = { Connect-ChatService $sandbox.BaseUri | Out-Null } }
        @{ Way = '-WhatIf'; Script = { Connect-ChatService $sandbox.BaseUri -WhatIf } }
    ) {
        & $Script 6>&1 | Should -BeNullOrEmpty
    }

    It 'is no output' {
        function Get-Answer { Connect-ChatService $sandbox.BaseUri -Model sandbox-mini; (Invoke-ChatCompletion hi).Text }
        Get-Answer | Should -Be 'You said: hi'
    }

    It 'says after Disconnect-ChatService what is the default: <What>' -ForEach @(
        @{ What = 'nothing'; Script = { }; Like = '*Nothing is connected now*OPENAI_API_KEY*' }
        @{ What = 'another connection'; Script = { Connect-ChatService $sandbox.BaseUri -Name Other; Connect-ChatService -Name Work }; Like = '*no default now*' }
        @{ What = 'a saved default'; Script = { Save-ChatConnection -Default }; Like = "*saved default 'Work'*" }
    ) {
        Connect-ChatService $sandbox.BaseUri -Name Work
        & $Script
        $line = Disconnect-ChatService 6>&1
        "$line" | Should -BeLike $Like
        Connect-ChatService $sandbox.BaseUri -Name Work
        Disconnect-ChatService -Quiet 6>&1 | Should -BeNullOrEmpty
    }
}
