BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Wait-ChatBatch' {
    It 'waits until all parts have ended' {
        Connect-TestSandbox
        $batch = 'Riga', 'Oslo' | Start-ChatBatch -Path "$TestDrive/wait.json" -PartLimit 1 -Force | Wait-ChatBatch
        $batch.Status | Should -Be 'Completed'
        $batch.Completed | Should -Be 2
    }
}
