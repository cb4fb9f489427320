BeforeAll {
    . $PSScriptRoot/common.ps1
    $sandbox = Start-ChatSandbox Test
}

AfterAll {
    Clear-Test
}

Describe 'Disconnect-ChatService' {
    BeforeEach {
        Disconnect-ChatService *
        'One', 'Two', 'Three' | ForEach-Object { Connect-ChatService $sandbox.BaseUri -Name $_ }
    }

    It 'removes the default connection' {
        Disconnect-ChatService
        (Get-ChatConnection).Name | Should -Be 'One', 'Two'
        Get-ChatConnection | Where-Object IsDefault | Should -BeNullOrEmpty
    }

    It 'removes by name, whatever the case' {
        Disconnect-ChatService one, TWO
        (Get-ChatConnection).Name | Should -Be 'Three'
    }

    It 'removes by wildcard' {
        Disconnect-ChatService T*
        (Get-ChatConnection).Name | Should -Be 'One'
        { Disconnect-ChatService None* } | Should -Not -Throw
    }

    It 'removes what is piped' {
        Get-ChatConnection | Where-Object Name -NE 'Two' | Disconnect-ChatService
        (Get-ChatConnection).Name | Should -Be 'Two'
    }

    It 'changes nothing with -WhatIf' {
        Disconnect-ChatService * -WhatIf
        @(Get-ChatConnection).Count | Should -Be 3
    }

    It 'says that there is no such connection' {
        $failure = @(Get-Failure { Disconnect-ChatService nowhere })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].TargetObject | Should -Be 'nowhere'
    }

    It 'lets the connection be used no more' {
        Disconnect-ChatService One
        @(Get-Failure { Get-ChatModel -Connection One }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }
}
