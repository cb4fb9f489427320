BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Set-ChatCompletion' {
    BeforeEach {
        Connect-TestSandbox
        $one = Invoke-ChatCompletion 'one' -Store $true -Metadata @{ old = '1' }
        $two = Invoke-ChatCompletion 'two' -Store $true
    }

    It 'replaces the notes, and emits nothing' {
        Set-ChatCompletion $one.Id -Metadata @{ new = 2 } | Should -BeNullOrEmpty
        (Get-ChatCompletion $one.Id).Metadata.Keys | Should -Be 'new'
        Get-TestRequest | Where-Object { $_.Body -eq '{"metadata":{"new":"2"}}' } | Should -HaveCount 1
    }

    It 'takes completions and ids from the pipeline' {
        $one, $two | Set-ChatCompletion -Metadata @{ a = '1' }
        $one.Id, $two.Id | Set-ChatCompletion -Metadata @{ b = '2' } -PassThru | ForEach-Object { $_.Metadata['b'] } | Should -Be '2', '2'
    }

    It 'changes over the connection that a completion came from' {
        Connect-ChatService -Sandbox -Name Other
        $one | Set-ChatCompletion -Metadata @{ over = 'Test' }
        (Get-ChatCompletion $one.Id -Connection Test).Metadata['over'] | Should -Be 'Test'
        Disconnect-ChatService Other
        Stop-ChatSandbox Other
    }

    It 'removes the notes with an empty hashtable' {
        Set-ChatCompletion $one.Id -Metadata @{}
        (Get-ChatCompletion $one.Id).Metadata.Count | Should -Be 0
    }

    It 'changes nothing with -WhatIf' {
        $before = @(Get-TestRequest).Count
        $one | Set-ChatCompletion -Metadata @{ new = '2' } -WhatIf
        @(Get-TestRequest).Count | Should -Be $before
    }

    It 'refuses notes that are too much' {
        (Get-Failure { Set-ChatCompletion $one.Id -Metadata @{ long = 'x' * 513 } }).Exception.Message | Should -BeLike '*-Metadata*long*'
        (Get-Failure { Set-ChatCompletion none -Metadata @{} }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }
}
