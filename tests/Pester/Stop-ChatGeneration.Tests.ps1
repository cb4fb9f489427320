BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Stop-ChatGeneration' {
    BeforeEach {
        Connect-TestSandbox
        $tasks = 'a [slow] fox', 'a [slow] hen' | Start-ChatGeneration -Service Midjourney
    }

    It 'stops what is piped, and emits nothing' {
        $tasks | Stop-ChatGeneration | Should -BeNullOrEmpty
        ($tasks | Get-ChatGeneration).Status | Should -Be 'Cancelled', 'Cancelled'
    }

    It 'stops by id, and emits the task with -PassThru' {
        $stopped = Stop-ChatGeneration $tasks[0].Id -Service Midjourney -PassThru
        $stopped.Status | Should -Be 'Cancelled'
        $stopped.Id | Should -Be $tasks[0].Id
        ($tasks[1] | Get-ChatGeneration).Status | Should -Not -Be 'Cancelled'
    }

    It 'stops nothing with -WhatIf' {
        $tasks | Stop-ChatGeneration -WhatIf
        ($tasks | Get-ChatGeneration).Status | Should -Not -Contain 'Cancelled'
    }

    It 'leaves alone what has ended' {
        $ended = 'a cow' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration
        ($ended | Stop-ChatGeneration -PassThru).Status | Should -Be 'Succeeded'
        Get-TestRequest | Where-Object Path -Like '*/cancel' | Should -BeNullOrEmpty
    }

    It 'reports what cannot be stopped, and goes on' {
        $failure = Get-Failure { 'zzz', $tasks[1].Id | Stop-ChatGeneration -Service Midjourney }
        "$failure" | Should -BeLike 'Item 1 (zzz): *Task does not exist*'
        ($tasks[1] | Get-ChatGeneration).Status | Should -Be 'Cancelled'
    }
}
