BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
    Clear-ChatUsage
}

Describe 'Clear-ChatUsage' {
    BeforeEach {
        Connect-TestSandbox
        Clear-ChatUsage
        $null = Invoke-ChatCompletion hi
        $null = Invoke-ChatCompletion hi -Model sandbox-large
    }

    It 'forgets everything' {
        Clear-ChatUsage
        Get-ChatUsage | Should -BeNullOrEmpty
        { Clear-ChatUsage } | Should -Not -Throw
    }

    It 'forgets by connection and model' {
        Clear-ChatUsage nowhere
        Clear-ChatUsage -Model none*
        @(Get-ChatUsage).Count | Should -Be 2
        Clear-ChatUsage test -Model *LARGE
        (Get-ChatUsage).Model | Should -Be 'sandbox-mini'
    }

    It 'counts on from zero' {
        Clear-ChatUsage
        $null = Invoke-ChatCompletion hi
        (Get-ChatUsage).Requests | Should -Be 1
    }

    It 'changes nothing with -WhatIf' {
        Clear-ChatUsage -WhatIf
        @(Get-ChatUsage).Count | Should -Be 2
    }

    It 'refuses a pattern that is none' {
        (Get-Failure { Clear-ChatUsage -Model '[' }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        @(Get-ChatUsage).Count | Should -Be 2
    }
}
